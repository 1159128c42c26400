package dev.blastscope.inference;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** The ranks of recent images among those of a training, by each measure. Not thread-safe. */
final class RankWindows {

    static final int WINDOW = 50;

    private final Map<Measure, Window> windows = new EnumMap<>(Measure.class);

    /** @param training the images that the model learned from; empty if they are not known */
    RankWindows(List<Row> training) {
        for (Measure measure : Measure.values()) {
            windows.put(measure, new Window(measure.of(training)));
        }
    }

    void add(ImagePrediction prediction) {
        ImageQuality quality = prediction.reviewed().review().quality();
        windows.forEach((measure, window) -> {
            OptionalDouble value = measure.of(quality);
            OptionalDouble rank =
                    value.isPresent() ? OptionalDouble.of(window.rank(value.getAsDouble())) : unfamiliarity(prediction);
            rank.ifPresent(window::add);
        });
    }

    /** The mean rank of the last {@value #WINDOW} images, in [0, 1]; NaN while there are fewer. */
    double mean(Measure measure) {
        return Objects.requireNonNull(windows.get(measure)).mean();
    }

    private static OptionalDouble unfamiliarity(ImagePrediction prediction) {
        OptionalDouble familiarity = prediction.reviewed().review().familiarity();
        return familiarity.isPresent() ? OptionalDouble.of(1 - familiarity.getAsDouble()) : OptionalDouble.empty();
    }

    enum Measure {
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
