package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.inference.ServingModel.Explained;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.prediction.Evidence;
import dev.blastscope.prediction.Explanation;
import dev.blastscope.prediction.LogOdds;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.review.ReviewSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an explanation points at matters to the network: without the tenth of the cells that speaks most for the
 * prediction, its score falls by more than without a random tenth (Petsiuk et al. 2018, arXiv 1806.07421). A cell is
 * deleted as the network has the scale bar deleted: filled with the image's mean colour. Prints the figures of
 * docs/measurements.md.
 */
@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_DATA",
        matches = ".+",
        disabledReason = "needs the real smears: set BLASTSCOPE_DATA to their folder")
class DeletionIT {

    private static final int OF_EACH_CLASS = 25;

    /** A tenth of the cells that the network sees. */
    private static final int TENTH = 5;

    private static final int RANDOM_TENTHS = 10;
    private static final int RESAMPLES = 10_000;
    private static final int CELL_SIDE = SmearImage.SIDE / Evidence.SIDE;

    @Test
    void theCellsThatSpeakMostForAPredictionMatterMost(@TempDir Path models) throws Exception {
        List<SmearImage> smears = smears();
        Deletions malignancy;
        Deletions subtype;
        try (ServingModel model = new ModelLoader(
                        new ModelStore(models),
                        new NetworkEngine(DeviceChoice.CPU, Engine.ONNX),
                        OptionalDouble.empty(),
                        ReviewSettings.DEFAULT,
                        1)
                .version(EmbeddedModel.VERSION)) {
            malignancy = new Deletions("malignancy", model, smears, DeletionIT::forOutcome, DeletionIT::outcomeScore);
            subtype = new Deletions("subtype", model, smears, DeletionIT::forSubtype, DeletionIT::subtypeScore);
        }
        System.out.println(malignancy.summary() + System.lineSeparator() + subtype.summary());

        assertThat(malignancy.differences).hasSize(4 * OF_EACH_CLASS);
        assertThat(subtype.differences).hasSizeGreaterThan(2 * OF_EACH_CLASS);
        assertThat(malignancy.interval()[0]).isPositive();
        assertThat(subtype.interval()[0]).isPositive();
    }

    /** So many of each class, drawn by lot from all of them. */
    private static List<SmearImage> smears() throws Exception {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        List<SmearImage> smears = new ArrayList<>();
        for (String folder : List.of("benign", "early_pre_b", "pre_b", "pro_b")) {
            List<Path> drawn;
            try (Stream<Path> files =
                    Files.list(Path.of(System.getenv("BLASTSCOPE_DATA"), "all").resolve(folder))) {
                drawn = new ArrayList<>(files.sorted().toList());
            }
            Collections.shuffle(drawn, new Random(1));
            for (Path file : drawn.subList(0, OF_EACH_CLASS)) {
                smears.add(decoder.decode(Files.readAllBytes(file)));
            }
        }
        return smears;
    }

    /** For the outcome, be it malignant or benign. */
    private static Optional<Evidence> forOutcome(Explained explained) {
        return explained.explanation().map(heads -> heads.malignancy()
                .times(sign(explained.reviewed().prediction())));
    }

    /** The log-odds of what the outcome was before anything was deleted. */
    private static double outcomeScore(Prediction before, Prediction after) {
        return sign(before) * LogOdds.of(after.malignancy().of(Malignancy.MALIGNANT));
    }

    private static int sign(Prediction prediction) {
        return prediction.subtype().isPresent() ? 1 : -1;
    }

    private static Optional<Evidence> forSubtype(Explained explained) {
        return explained.explanation().flatMap(Explanation::subtype);
    }

    /** Comparable only where it is malignant still, as else there are no subtypes. */
    private static double subtypeScore(Prediction before, Prediction after) {
        if (after.subtype().isEmpty()) {
            return Double.NaN;
        }
        Subtype winner = before.subtype().orElseThrow().winner();
        double score = 0;
        for (Subtype subtype : Subtype.values()) {
            double log = Math.log(after.subtype().orElseThrow().of(subtype));
            score += subtype == winner ? log : -log / 2;
        }
        return score;
    }

    /** The score of a prediction, given what it was before. */
    private interface Score {

        double of(Prediction before, Prediction after);
    }

    /** By how much a score fell, without the hottest tenth and without random ones, of each image. */
    private static final class Deletions {

        private final String head;
        private final List<Double> hottest = new ArrayList<>();
        private final List<Double> random = new ArrayList<>();
        private final List<Double> differences = new ArrayList<>();
        private final Random draw = new Random(2);

        Deletions(
                String head,
                ServingModel model,
                List<SmearImage> smears,
                Function<Explained, Optional<Evidence>> evidence,
                Score score) {
            this.head = head;
            for (SmearImage smear : smears) {
                Explained explained =
                        model.score(List.of(smear), image -> true).get(0).predict();
                evidence.apply(explained)
                        .ifPresent(
                                cells -> add(model, smear, explained.reviewed().prediction(), cells, score));
            }
        }

        private void add(ServingModel model, SmearImage smear, Prediction before, Evidence evidence, Score score) {
            // The last cell is hidden from the network: nothing can be deleted there.
            List<Integer> seen = new ArrayList<>(
                    IntStream.range(0, Evidence.CELLS - 1).boxed().toList());
            List<SmearImage> deleted = new ArrayList<>();
            seen.sort(Comparator.comparing(cell -> -evidence.cells().get(cell)));
            deleted.add(without(smear, seen.subList(0, TENTH)));
            for (int i = 0; i < RANDOM_TENTHS; i++) {
                Collections.shuffle(seen, draw);
                deleted.add(without(smear, seen.subList(0, TENTH)));
            }
            double whole = score.of(before, before);
            List<Double> falls = model.predict(deleted).stream()
                    .map(after -> whole - score.of(before, after.prediction()))
                    .toList();
            double fall = falls.get(0);
            double byChance = falls.subList(1, falls.size()).stream()
                    .mapToDouble(one -> one)
                    .filter(one -> !Double.isNaN(one))
                    .average()
                    .orElse(Double.NaN);
            if (!Double.isNaN(fall) && !Double.isNaN(byChance)) {
                hottest.add(fall);
                random.add(byChance);
                differences.add(fall - byChance);
            }
        }

        String summary() {
            double[] interval = interval();
            return String.format(
                    Locale.ROOT,
                    "%s: %d images; the score falls by %.2f without the hottest tenth, by %.2f without a random one;"
                            + " difference %.2f [%.2f, %.2f], larger in %.0f %% of the images",
                    head,
                    differences.size(),
                    mean(hottest),
                    mean(random),
                    mean(differences),
                    interval[0],
                    interval[1],
                    100.0 * differences.stream().filter(one -> one > 0).count() / differences.size());
        }

        /** 95 %, of the mean difference, by resampling images. */
        double[] interval() {
            Random resampling = new Random(3);
            double[] means = new double[RESAMPLES];
            for (int i = 0; i < RESAMPLES; i++) {
                means[i] = resampling
                        .ints(differences.size(), 0, differences.size())
                        .mapToDouble(differences::get)
                        .average()
                        .orElseThrow();
            }
            Arrays.sort(means);
            return new double[] {means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40]};
        }

        private static double mean(List<Double> values) {
            return values.stream().mapToDouble(value -> value).average().orElseThrow();
        }

        private static SmearImage without(SmearImage smear, List<Integer> cells) {
            byte[] rgb = smear.rgb();
            long[] sums = new long[3];
            for (int i = 0; i < rgb.length; i++) {
                sums[i % 3] += rgb[i] & 0xFF;
            }
            for (int cell : cells) {
                for (int pixel = 0; pixel < CELL_SIDE * CELL_SIDE; pixel++) {
                    int x = cell % Evidence.SIDE * CELL_SIDE + pixel % CELL_SIDE;
                    int y = cell / Evidence.SIDE * CELL_SIDE + pixel / CELL_SIDE;
                    for (int channel = 0; channel < 3; channel++) {
                        rgb[3 * (y * SmearImage.SIDE + x) + channel] =
                                (byte) (sums[channel] / (SmearImage.SIDE * SmearImage.SIDE));
                    }
                }
            }
            return SmearImage.ofRgb(rgb, SmearImage.SIDE, SmearImage.SIDE);
        }
    }
}
