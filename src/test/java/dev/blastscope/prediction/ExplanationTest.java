package dev.blastscope.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An explanation is of the very probabilities that a prediction has. */
class ExplanationTest {

    private static final Calibration CALIBRATION = new Calibration(1.7, 0.4, 2.3, 0.2, 0.5).forPrevalence(0.1);

    private final Random random = new Random(1);
    private final List<Evidence> malignancy = List.of(evidence(-1), evidence(2));
    private final List<Evidence> subtype = List.of(evidence(0), evidence(3), evidence(1));

    @Test
    void theEvidenceForMalignantSumsToItsCalibratedLogOdds() {
        Prediction prediction = predict(malignancy);
        Explanation explanation = CALIBRATION.explain(prediction, malignancy, subtype);

        assertThat(explanation.malignancy().score())
                .isCloseTo(LogOdds.of(prediction.malignancy().of(Malignancy.MALIGNANT)), within(1e-5));
    }

    @Test
    void theEvidenceForTheSubtypeSumsToItsRatioToTheOthers() {
        Prediction prediction = predict(malignancy);
        Probabilities<Subtype> probabilities = prediction.subtype().orElseThrow();
        double others = Math.sqrt(probabilities.of(Subtype.EARLY_PRE_B) * probabilities.of(Subtype.PRO_B));

        assertThat(CALIBRATION
                        .explain(prediction, malignancy, subtype)
                        .subtype()
                        .orElseThrow()
                        .score())
                .isCloseTo(Math.log(probabilities.of(Subtype.PRE_B) / others), within(1e-5));
    }

    @Test
    void aBenignSmearHasNoSubtypeToExplain() {
        List<Evidence> benign = List.of(evidence(9), evidence(-9));
        assertThat(CALIBRATION.explain(predict(benign), benign, subtype).subtype())
                .isEmpty();
    }

    @Test
    void evidenceIsMovedCellByCell() {
        Evidence evidence = evidence(1);
        Evidence mirrored = evidence.moved(cell -> Evidence.CELLS - 1 - cell);
        assertThat(mirrored.cell(0, 0)).isEqualTo(evidence.cell(6, 6));
        assertThat(mirrored.cell(2, 5)).isEqualTo(evidence.cell(4, 1));
        assertThat(mirrored.score()).isCloseTo(evidence.score(), within(1e-9));
    }

    @Test
    void aGridHasItsCells() {
        List<Double> fewer = IntStream.range(0, 48).mapToObj(cell -> 0.0).toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Evidence(fewer, 0))
                .withMessageContaining("48 cells");
    }

    private Prediction predict(List<Evidence> malignancyLogits) {
        return CALIBRATION.predict(scores(malignancyLogits), scores(subtype));
    }

    private static float[] scores(List<Evidence> logits) {
        float[] scores = new float[logits.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) logits.get(i).score();
        }
        return scores;
    }

    private Evidence evidence(double constant) {
        return new Evidence(
                IntStream.range(0, Evidence.CELLS)
                        .mapToObj(cell -> random.nextGaussian() / 10)
                        .toList(),
                constant);
    }
}
