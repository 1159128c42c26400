package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.ConfidenceHistogram;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.review.Reviews;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ConfidenceDriftTest {

    private static final String DIGEST = "sha256:1";
    private static final Probabilities<Subtype> SUBTYPE =
            new Probabilities<>(Map.of(Subtype.PRE_B, 1.0, Subtype.PRO_B, 0.0, Subtype.EARLY_PRE_B, 0.0));
    private static final SmearImage IMAGE =
            SmearImage.ofRgb(new byte[3 * SmearImage.SIDE * SmearImage.SIDE], SmearImage.SIDE, SmearImage.SIDE);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ConfidenceDrift drift = new ConfidenceDrift(new DriftSettings(500, false), registry);
    private final Random random = new Random(7);

    @Test
    void isSmallForImagesLikeTheTestImagesAndLargeForOthersUntilTheyHaveLeftTheWindow() {
        drift.watch(DIGEST, reference(417), 0.5);
        answer(500, this::usual);
        assertThat(index()).isBetween(0.0, 0.1);

        answer(400, this::lessSure);
        assertThat(index()).isGreaterThan(0.25);

        answer(500, this::usual);
        assertThat(index()).isBetween(0.0, 0.1);
    }

    @Test
    void isTheSumOverTheBinsOfTheCard() {
        drift.watch(DIGEST, Optional.of(new ConfidenceHistogram(List.of(0.9), List.of(200, 200))), 0.5);
        answer(100, () -> 0.9);
        answer(300, () -> 0.95);

        double few = 100.5 / 401;
        assertThat(index())
                .isEqualTo((few - 0.5) * Math.log(few / 0.5) + (0.5 - few) * Math.log((1 - few) / 0.5), within(1e-12));
    }

    @Test
    void staysFiniteWhereABinIsEmpty() {
        drift.watch(DIGEST, Optional.of(new ConfidenceHistogram(List.of(0.9), List.of(400, 0))), 0.5);
        answer(300, () -> 0.95);

        assertThat(index()).isFinite().isGreaterThan(1);
    }

    @Test
    void isNotANumberWithoutAReferenceOrWithTooFewImages() {
        answer(500, this::usual);
        assertThat(index()).isNaN();
        drift.watch(DIGEST, Optional.empty(), 0.5);
        answer(500, this::usual);
        assertThat(index()).isNaN();
        drift.watch(DIGEST, reference(ConfidenceDrift.LEAST - 1), 0.5);
        answer(500, this::usual);
        assertThat(index()).isNaN();
        drift.watch(DIGEST, reference(ConfidenceDrift.LEAST), 0.5);
        answer(ConfidenceDrift.LEAST - 1, this::usual);
        assertThat(index()).isNaN();
        answer(1, this::usual);
        assertThat(index()).isFinite();
    }

    @Test
    void beginsAnewWithEachModelAndCountsNoAnswersOfAnother() {
        drift.watch("sha256:2", reference(417), 0.5);
        answer(500, this::usual);
        assertThat(index()).isNaN();
        drift.watch(DIGEST, reference(417), 0.5);
        answer(500, this::usual);
        drift.watch(DIGEST, reference(417), 0.5);
        assertThat(index()).isNaN();
    }

    @Test
    void anotherPrevalenceIsNoDrift() {
        drift.watch(DIGEST, Optional.of(new ConfidenceHistogram(List.of(0.9), List.of(200, 200))), 0.5);
        Calibration rare = new Calibration(1, 0, 1, 0.5, 0.5).forPrevalence(0.05);
        for (int i = 0; i < 400; i++) {
            // At an even prevalence, 0.88 and 0.95 by turns.
            float logOdds = i % 2 == 0 ? 2 : 3;
            Prediction prediction = rare.predict(new float[] {0, logOdds}, new float[3]);
            predicted(prediction);
        }

        assertThat(index()).isCloseTo(0, within(1e-9));
    }

    /** Mostly sure, as a network is. */
    private double usual() {
        return 1 - 0.5 * Math.pow(random.nextDouble(), 6);
    }

    private double lessSure() {
        return 1 - 0.5 * Math.pow(random.nextDouble(), 2);
    }

    private Optional<ConfidenceHistogram> reference(int images) {
        return Optional.of(ConfidenceHistogram.of(
                DoubleStream.generate(this::usual).limit(images).toArray()));
    }

    private void predicted(Prediction prediction) {
        ModelIdentity model = new ModelIdentity("1", Precision.FP32, DIGEST);
        drift.predicted(
                List.of(new ImagePrediction("id", Reviews.standing(prediction), IMAGE, model, 1, Optional.empty())));
    }

    private void answer(int images, DoubleSupplier confidence) {
        for (int i = 0; i < images; i++) {
            double winner = confidence.getAsDouble();
            Malignancy answer = i % 2 == 0 ? Malignancy.BENIGN : Malignancy.MALIGNANT;
            Malignancy other = i % 2 == 0 ? Malignancy.MALIGNANT : Malignancy.BENIGN;
            Prediction prediction =
                    new Prediction(new Probabilities<>(Map.of(answer, winner, other, 1 - winner)), 0.5, 0.5, SUBTYPE);
            predicted(prediction);
        }
    }

    private double index() {
        return registry.get("blastscope.drift.psi").gauge().value();
    }
}
