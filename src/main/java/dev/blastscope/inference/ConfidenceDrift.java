package dev.blastscope.inference;

import dev.blastscope.modelstore.ConfidenceHistogram;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Probabilities;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Whether the model is as sure of the images it answers as it was of its test images: the population stability index (PSI;
 * Siddiqi, Credit Risk Scorecards, 2006) of the winning answer's confidence, over the newest answered images.
 *
 * <p>PSI is the sum of (p - q) ln(p / q) over the bins of the model card, where p is the share of the answered images and q
 * that of the test images; each bin has half an image more than it has, so that an empty one does not make it infinite. By
 * custom below 0.1 nothing has changed and above 0.25 much has. By chance alone it is about (bins - 1)(1/n + 1/m) for n and m
 * images (Yurdakul and Naranjo, Journal of Risk Model Validation 14, 2020): 0.04 with 417 test images and 500 answered ones.
 *
 * <p>It cannot tell why: another camera or stain moves it, but so do more easy or hard cases, another share of benign ones,
 * or one patient's many images in a row. Nor does it see a model that is as sure as ever, and wrong. It is NaN while too few
 * images were answered since the model began to answer, or where its card has no confidences or too few. Each replica
 * has its own window, which holds no more of an image than its bin. Safe for use by any number of threads.
 */
@Component
final class ConfidenceDrift implements PredictionListener {

    /** Fewer images say nothing. */
    static final int LEAST = 200;

    private static final double HALF_AN_IMAGE = 0.5;

    private final int[] window;
    private Optional<ConfidenceHistogram> expected = Optional.empty();
    private String digest = "";
    private int[] counts = {};
    private long seen;

    ConfidenceDrift(DriftSettings settings, MeterRegistry registry) {
        window = new int[settings.window()];
        Gauge.builder("blastscope.drift.psi", this, ConfidenceDrift::index)
                .description("Population stability index of the confidence of answers against that on the test images")
                .register(registry);
    }

    /** Begins anew, with what another model's card says. */
    synchronized void watch(String model, Optional<ConfidenceHistogram> onTestImages) {
        digest = model;
        expected = onTestImages.filter(confidences -> confidences.total() >= LEAST);
        counts =
                new int[expected.map(confidences -> confidences.images().size()).orElse(0)];
        seen = 0;
    }

    @Override
    public synchronized void answered(List<ImagePrediction> predictions) {
        if (expected.isPresent()) {
            for (ImagePrediction prediction : predictions) {
                // A model that was just replaced may still have answered.
                if (prediction.modelDigest().equals(digest)) {
                    add(expected.get().bin(confidence(prediction)));
                }
            }
        }
    }

    private void add(int bin) {
        int place = (int) (seen % window.length);
        if (seen >= window.length) {
            counts[window[place]]--;
        }
        window[place] = bin;
        counts[bin]++;
        seen++;
    }

    private synchronized double index() {
        if (expected.isEmpty() || seen < LEAST) {
            return Double.NaN;
        }
        List<Integer> reference = expected.get().images();
        double answered = Math.min(seen, window.length) + HALF_AN_IMAGE * counts.length;
        double tested = expected.get().total() + HALF_AN_IMAGE * counts.length;
        double index = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            double p = (counts[bin] + HALF_AN_IMAGE) / answered;
            double q = (reference.get(bin) + HALF_AN_IMAGE) / tested;
            index += (p - q) * Math.log(p / q);
        }
        return index;
    }

    private static double confidence(ImagePrediction prediction) {
        Probabilities<Malignancy> malignancy = prediction.diagnosis().malignancy();
        return malignancy.of(malignancy.winner());
    }
}
