package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.SmearClass;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTextTest {

    private static final EvaluationFigures GROUPED = figures("grouped", 7);
    private static final EvaluationFigures RANDOM = figures("random", 1_999);

    @Test
    void putsBothSplitsSideBySideWithTheirIntervals() {
        assertThat(EvaluationText.of(GROUPED, RANDOM).lines())
                .startsWith(
                        "                          grouped split, test                  random split, test",
                        "malignancy                2000 images, 50 groups               2000 images, 50 groups")
                .anyMatch(
                        line -> line.matches(
                                " {2}accuracy {16}0.857 \\[0.8.., 0.8..] \\(1\\) {2}n=2000/50 {2}0.999 \\[.*] \\(1\\) {2}n=2000/50"));
    }

    @Test
    void endsWithTheConfusionOfTheGroupedSplitAndHowTheIntervalsWereMade() {
        assertThat(EvaluationText.of(GROUPED, RANDOM)).contains("""
                        four classes, grouped split: truth by row, answer by column
                                            BENIGN  EARLY_PRE_B        PRE_B        PRO_B
                          BENIGN               428            0           72            0
                        """).contains("\n(1) Korn and Graubard\n");
    }

    @Test
    void fitsATerminalOf100Columns() {
        assertThat(EvaluationText.of(GROUPED, RANDOM).lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void saysWhatIsUndefined() {
        EvaluationFigures benignOnly = evaluation("random", List.of(image(SmearClass.BENIGN, SmearClass.BENIGN, 1)));

        assertThat(EvaluationText.of(GROUPED, benignOnly).lines())
                .anyMatch(line -> line.matches("subtype, if malignant .*no malignant images"))
                .anyMatch(line -> line.matches(" {2}sensitivity .*undefined"));
        assertThat(EvaluationText.of(benignOnly, GROUPED).lines())
                .anyMatch(line -> line.matches(" {2}PRO_B recall +undefined +[01].*"));
    }

    @Test
    void writesADecimalPointWhateverTheLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(EvaluationText.of(GROUPED, RANDOM)).doesNotContainPattern("\\d,\\d");
        } finally {
            Locale.setDefault(before);
        }
    }

    /** 2,000 images of all classes; every so many is taken for the class two further on. */
    private static EvaluationFigures figures(String split, int errorEvery) {
        SmearClass[] classes = SmearClass.values();
        return evaluation(
                split,
                IntStream.range(0, 2_000)
                        .mapToObj(image -> image(
                                classes[image % 4],
                                classes[(image + (image % errorEvery == 0 ? 2 : 0)) % 4],
                                image % 50))
                        .toList());
    }

    private static EvaluationFigures evaluation(String split, List<LabelledLogits> images) {
        return Evaluation.of(split, "test", images, Calibration.NONE);
    }

    private static LabelledLogits image(SmearClass truth, SmearClass answer, int group) {
        float[] malignancy = new float[2];
        float[] subtype = new float[3];
        malignancy[answer.malignancy().ordinal()] = 3;
        answer.subtype().ifPresent(winner -> subtype[winner.ordinal()] = 3);
        return new LabelledLogits(malignancy, subtype, truth, group);
    }
}
