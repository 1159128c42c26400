package dev.blastscope.inference;

import dev.blastscope.modelstore.ConfidenceHistogram;
import dev.blastscope.prediction.Calibration;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Whether the model is as confident of recent images as it was of its test images: the population stability index (PSI;
 * Siddiqi, Credit Risk Scorecards, 2006) of the winning class's probability, over the most recent predictions.
 *
 * <p>PSI is the sum of (p - q) ln(p / q) over the bins of the model card, where p is the share of recent images in a
 * bin and q that of the test images; half an image is added to each bin, so that an empty one does not make the sum
 * infinite. By convention, below 0.1 nothing has changed and above 0.25 much has. By chance alone it is about (bins -
 * 1)(1/n + 1/m) for n and m images (Yurdakul and Naranjo, Journal of Risk Model Validation 14, 2020): 0.04 with 417
 * test images and 500 recent ones.
 *
 * <p>It does not say why: another camera or stain moves it, but so do more easy or hard cases, another share of benign
 * ones, or many images of one patient in a row. Nor does it notice a model that is as confident as ever, and wrong. It
 * is NaN while the active model has made too few predictions, or where its card has no histogram or one of too few
 * images. Each replica has its own window, which keeps nothing of an image but its bin. Safe for use by any number of
 * threads.
 */
@Component
final class ConfidenceDrift implements DriftWatch {

    /** With fewer images the index says nothing. */
    static final int LEAST = 200;

    private static final double HALF_AN_IMAGE = 0.5;

    private final int[] window;
    private Optional<ConfidenceHistogram> expected = Optional.empty();
    private double prevalence = Calibration.NONE.prevalence();
    private String digest = "";
    private int[] counts = {};
    private long seen;

    ConfidenceDrift(DriftSettings settings, MeterRegistry registry) {
        window = new int[settings.window()];
        Gauge.builder("blastscope.drift.psi", this, ConfidenceDrift::index)
                .description(
                        "Population stability index of the confidence of recent predictions against that on the test images")
                .register(registry);
    }

    @Override
    public void watch(ServingModel model) {
        watch(
                model.digest(),
                model.card().confidences(),
                model.card().calibration().prevalence());
    }

    /**
     * Starts again for another model.
     *
     * @param onTestImages the histogram of its card
     * @param assumed the share of malignant smears that this assumes, whatever the service is set to assume
     */
    synchronized void watch(String model, Optional<ConfidenceHistogram> onTestImages, double assumed) {
        digest = model;
        prevalence = assumed;
        expected = onTestImages.filter(confidences -> confidences.total() >= LEAST);
        counts =
                new int[expected.map(confidences -> confidences.images().size()).orElse(0)];
        seen = 0;
    }

    @Override
    public synchronized void predicted(List<ImagePrediction> predictions) {
        if (expected.isPresent()) {
            for (ImagePrediction prediction : predictions) {
                // It may be of the model that was just replaced.
                if (prediction.model().digest().equals(digest)) {
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

    private double confidence(ImagePrediction prediction) {
        double malignant = prediction.reviewed().prediction().malignantAt(prevalence);
        return Math.max(malignant, 1 - malignant);
    }
}
