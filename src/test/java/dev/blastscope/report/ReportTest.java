package dev.blastscope.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.ConfusionMatrix;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.modelstore.EvaluationFigures.FourClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.MalignancyFigures;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.report.Report.QualityErrors;
import dev.blastscope.report.Report.RocPoint;
import dev.blastscope.report.ReportWriter.Picture;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Figure SURE = new Figure(1, 0.8, 1, 10, 5, "exact bound");
    private static final Figure SPECIFICITY = new Figure(0.962, 0.92, 0.988, 428, 21, "Korn and Graubard");

    private final Report report = new ReportWriter(
                    "2026-11-22.1", "sha256:0", List.of("A remark <b>"), List.of("A limit."), "Research use only.")
            .report(
                    "Measured on five images.",
                    Optional.of(figures()),
                    List.of(
                            row("a", 1, SmearClass.BENIGN, 0.1),
                            row("b", 1, SmearClass.BENIGN, 0.97),
                            row("c", 2, SmearClass.PRE_B, 0.9),
                            row("d", 2, SmearClass.PRE_B, 0.2),
                            row("e", 3, SmearClass.PRO_B, 0.99)),
                    sha256 -> sha256.startsWith("b")
                            ? Optional.of(new Picture("benign/7.jpg", Optional.of("data:image/jpeg;base64,AAAA")))
                            : Optional.empty());

    @Test
    void errorsAreSaidInWords() {
        assertThat(report.words())
                .contains(
                        "Of 100 benign fields about 4 (1 to 8) are called malignant: 428 images in 21 groups of similar ones.",
                        "Of 100 malignant fields about 0 (0 to 20) are called benign: 10 images in 5 groups of similar ones.");
    }

    @Test
    void theRocGoesFromNoAlarmToAllAndHasTheThresholdOnIt() {
        assertThat(report.roc())
                .startsWith(new RocPoint(0, 0), new RocPoint(0, 1 / 3.0))
                .endsWith(new RocPoint(0.5, 1), new RocPoint(1, 1))
                .contains(report.operatingPoint().orElseThrow());
        assertThat(report.operatingPoint()).hasValue(new RocPoint(0.5, 2 / 3.0));
    }

    @Test
    void theReliabilityCountsTheMoreProbableSide() {
        assertThat(report.reliability()).hasSize(3);
        assertThat(report.reliability().get(0).confidence()).isCloseTo(0.8, within(1e-12));
        assertThat(report.reliability().get(0).right()).isZero();
        assertThat(report.reliability().get(2).n()).isEqualTo(2);
        assertThat(report.reliability().get(2).right()).isEqualTo(0.5);
    }

    @Test
    void theSelectiveAccuracyGoesFromTheSurestAnswersToAll() {
        assertThat(report.selective()).hasSize(5);
        assertThat(report.selective())
                .extracting(Report.SelectivePoint::right)
                .containsExactly(1.0, 0.5, 1 / 3.0, 0.25, 0.4);
        assertThat(report.selective())
                .extracting(Report.SelectivePoint::decided)
                .containsExactly(0.2, 0.4, 0.6, 0.8, 1.0);
        assertThat(report.selective().get(0).certainty()).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void wrongImagesAreNamedTheSurestFirstWithTheirGroups() {
        assertThat(report.wrong())
                .extracting(image -> image.sha256().substring(0, 1))
                .containsExactly("e", "b", "d");
        assertThat(report.wrong().get(1).name()).hasValue("benign/7.jpg");
        assertThat(report.wrong().get(0).predicted()).isEqualTo(SmearClass.PRE_B);
        assertThat(report.groups()).extracting(Report.GroupErrors::wrong).containsExactly(1, 1, 1);
    }

    @Test
    void errorsAreCountedByThirdsOfEachMeasureWhichKeepEqualValuesTogether() {
        assertThat(report.quality())
                .containsExactly(
                        new QualityErrors("sharpness", 10, 10, 2, 2, 1, 0, 0, 1),
                        new QualityErrors("sharpness", 20, 20, 2, 0, 0, 2, 1, 1),
                        new QualityErrors("sharpness", 30, 30, 1, 0, 0, 1, 0, 1),
                        new QualityErrors("brightness", 250, 250, 5, 2, 1, 3, 1, 3),
                        new QualityErrors("stain", 10, 10, 1, 1, 0, 0, 0, 0),
                        new QualityErrors("stain", 20, 90, 2, 0, 0, 2, 1, 1),
                        new QualityErrors("stain", 97, 99, 2, 1, 1, 1, 0, 2));
    }

    @Test
    void thePageStandsAloneAndEscapesWhatItShows() {
        String page = ReportPage.of(report);

        assertThat(page)
                .contains(
                        "Research use only.", "0.962", "0.920 to 0.988", "benign/7.jpg", "data:image/jpeg;base64,AAAA")
                .contains("A remark &lt;b&gt;", "sharpness", "1 of 2")
                .contains("<svg", "false alarms", "share of right answers", "share of answers that stand")
                .doesNotContain("<script", " th:", "<!DOCTYPE svg", "href=\"http", "src=\"http");
    }

    private static EvaluationFigures figures() {
        return new EvaluationFigures(
                "grouped",
                "out-of-fold",
                new MalignancyFigures(
                        438,
                        26,
                        Optional.of(SURE),
                        Optional.of(SPECIFICITY),
                        Optional.of(SURE),
                        SPECIFICITY,
                        SPECIFICITY),
                Optional.empty(),
                new FourClassFigures(
                        438,
                        26,
                        SPECIFICITY,
                        List.of(),
                        new ConfusionMatrix(List.of("BENIGN"), List.of(List.of(438)))));
    }

    private static Row row(String digit, int group, SmearClass truth, double malignant) {
        return new Row(
                digit.repeat(64),
                group,
                0,
                truth,
                malignant >= 0.5 ? Malignancy.MALIGNANT : Malignancy.BENIGN,
                malignant,
                List.of(0.1, 0.8, 0.1),
                new ImageQuality(10 * group, 250, 100 * malignant, 30, 0, 0.05),
                OptionalDouble.empty());
    }
}
