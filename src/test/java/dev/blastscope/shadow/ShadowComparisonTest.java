package dev.blastscope.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.image.SmearImage;
import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.inference.ModelIdentity;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.review.Outcome;
import dev.blastscope.review.ReviewedPrediction;
import dev.blastscope.review.Reviews;
import dev.blastscope.shadow.ShadowReport.Pair;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShadowComparisonTest {

    private static final ReviewedPrediction BENIGN = reviewed(-3);
    private static final ReviewedPrediction MALIGNANT = reviewed(3);

    private final ShadowComparison comparison = new ShadowComparison();

    @Test
    void withoutAnImageNothingIsKnown() {
        assertThat(comparison.report().images()).isZero();
        assertThat(comparison.report().low()).isZero();
        assertThat(comparison.report().high()).isEqualTo(1);
        assertThat(comparison.meanDifference()).isNaN();
    }

    @Test
    void outcomesAreCountedInPairsAndTheAgreementHasAnInterval() {
        for (int i = 0; i < 19; i++) {
            comparison.add(answered("a" + i, "one", BENIGN), BENIGN);
        }
        comparison.add(answered("b", "one", MALIGNANT), BENIGN);

        ShadowReport report = comparison.report();
        assertThat(report.images()).isEqualTo(20);
        assertThat(report.agreement()).isEqualTo(0.95);
        // Clopper and Pearson, 19 of 20.
        assertThat(report.low()).isCloseTo(0.7513, within(1e-4));
        assertThat(report.high()).isCloseTo(0.9987, within(1e-4));
        assertThat(report.outcomes())
                .hasSize(9)
                .contains(new Pair(Outcome.BENIGN, Outcome.BENIGN, 19), new Pair(Outcome.MALIGNANT, Outcome.BENIGN, 1));
        assertThat(report.largestDifference()).isCloseTo(0.9051, within(1e-4));
        assertThat(report.meanDifference()).isCloseTo(0.9051 / 20, within(1e-4));
    }

    @Test
    void theLatestDisagreementsAreNamedTheNewestFirst() {
        for (int i = 0; i < 30; i++) {
            comparison.add(answered("p" + i, "one", BENIGN), MALIGNANT);
        }

        assertThat(comparison.report().disagreements()).hasSize(20);
        assertThat(comparison.report().disagreements().get(0).prediction()).isEqualTo("p29");
        assertThat(comparison.report().disagreements().get(0).challenger()).isEqualTo(Outcome.MALIGNANT);
    }

    @Test
    void anotherActiveModelBeginsAnew() {
        comparison.add(answered("p", "one", BENIGN), MALIGNANT);
        comparison.add(answered("q", "two", BENIGN), BENIGN);

        assertThat(comparison.report().against()).isEqualTo("two");
        assertThat(comparison.report().images()).isEqualTo(1);
        assertThat(comparison.report().disagreements()).isEmpty();
    }

    private static ImagePrediction answered(String id, String digest, ReviewedPrediction reviewed) {
        return new ImagePrediction(
                id,
                reviewed,
                SmearImage.ofRgb(new byte[3 * 224 * 224], 224, 224),
                new ModelIdentity("embedded", Precision.FP32, digest),
                1,
                Optional.empty());
    }

    private static ReviewedPrediction reviewed(float malignant) {
        return Reviews.standing(Calibration.NONE.predict(new float[] {0, malignant}, new float[] {0, 9, 0}));
    }
}
