package dev.blastscope.inference;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.review.TrackRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.springframework.stereotype.Component;

/**
 * Where recent images lie among those that the active model learned from: the mean rank, from 0 to 1, of the last
 * {@value #WINDOW} images by how unfamiliar, sharp, bright and stained they are. It is about 0.5 for images of the same
 * kind, and 1 where each is beyond all of the training.
 *
 * <p>It moves within a window when the stain or the camera changes, but also with the images of a single slide, which
 * resemble each other. It is NaN while the model has answered fewer images, or does not know its training. Each replica
 * has its own window, which keeps nothing of an image but its ranks. Safe for use by any number of threads.
 */
@Component
final class RankDrift implements Predictor.Listener {

    static final int WINDOW = 50;

    private final Map<Measure, Window> windows = new EnumMap<>(Measure.class);
    private String digest = "";

    RankDrift(MeterRegistry registry) {
        for (Measure measure : Measure.values()) {
            windows.put(measure, new Window(new double[0]));
            Gauge.builder("blastscope.drift.rank", this, drift -> drift.mean(measure))
                    .description("Mean rank of the last " + WINDOW
                            + " images among the training images, by measure; 0.5 for" + " images of the same kind")
                    .tag("measure", measure.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    /** Starts again for another model. */
    synchronized void watch(String model, TrackRecord trackRecord) {
        digest = model;
        windows.replaceAll((measure, before) -> new Window(measure.of(trackRecord.answers())));
    }

    @Override
    public synchronized void predicted(List<ImagePrediction> predictions) {
        for (ImagePrediction prediction : predictions) {
            // It may be of the model that was just replaced.
            if (prediction.modelDigest().equals(digest)) {
                ImageQuality quality = prediction.reviewed().review().quality();
                windows.forEach((measure, window) -> {
                    OptionalDouble value = measure.of(quality);
                    OptionalDouble rank = value.isPresent()
                            ? OptionalDouble.of(window.rank(value.getAsDouble()))
                            : unfamiliarity(prediction);
                    rank.ifPresent(window::add);
                });
            }
        }
    }

    private static OptionalDouble unfamiliarity(ImagePrediction prediction) {
        OptionalDouble familiarity = prediction.reviewed().review().familiarity();
        return familiarity.isPresent() ? OptionalDouble.of(1 - familiarity.getAsDouble()) : OptionalDouble.empty();
    }

    private synchronized double mean(Measure measure) {
        return windows.getOrDefault(measure, new Window(new double[0])).mean();
    }

    private enum Measure {
        UNFAMILIARITY,
        SHARPNESS,
        BRIGHTNESS,
        STAIN;

        /** Its value in an image; empty for the unfamiliarity, whose rank is what a review finds already. */
        OptionalDouble of(ImageQuality quality) {
            return switch (this) {
                case UNFAMILIARITY -> OptionalDouble.empty();
                case SHARPNESS -> OptionalDouble.of(quality.sharpness());
                case BRIGHTNESS -> OptionalDouble.of(quality.brightness());
                case STAIN -> OptionalDouble.of(quality.stain());
            };
        }

        /** The training's values, sorted. */
        double[] of(List<Row> answers) {
            return answers.stream()
                    .flatMapToDouble(answer -> of(answer.quality()).stream())
                    .sorted()
                    .toArray();
        }
    }

    /** The ranks of the most recent images. */
    private static final class Window {

        private final double[] training;
        private final double[] ranks = new double[WINDOW];
        private long seen;

        Window(double[] training) {
            this.training = training;
        }

        /** The share of the training's values that are lower, those that are equal counting half, in [0, 1]. */
        double rank(double value) {
            return training.length == 0
                    ? Double.NaN
                    : (below(value) + below(Math.nextUp(value))) / (2.0 * training.length);
        }

        private int below(double value) {
            int place = Arrays.binarySearch(training, value);
            if (place < 0) {
                return -place - 1;
            }
            while (place > 0 && training[place - 1] == value) {
                place--;
            }
            return place;
        }

        void add(double rank) {
            ranks[(int) (seen % WINDOW)] = rank;
            seen++;
        }

        double mean() {
            return seen < WINDOW ? Double.NaN : Arrays.stream(ranks).average().orElse(Double.NaN);
        }
    }
}
