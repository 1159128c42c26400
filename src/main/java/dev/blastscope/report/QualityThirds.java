package dev.blastscope.report;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.report.Report.QualityErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Counts errors by how images were photographed. */
final class QualityThirds {

    private static final int THIRDS = 3;

    private QualityThirds() {}

    static List<QualityErrors> of(List<Row> answers) {
        List<QualityErrors> errors = new ArrayList<>();
        errors.addAll(of(answers, "sharpness", ImageQuality::sharpness));
        errors.addAll(of(answers, "brightness", ImageQuality::brightness));
        errors.addAll(of(answers, "stain", ImageQuality::stain));
        return errors;
    }

    private static List<QualityErrors> of(List<Row> answers, String measure, ToDoubleFunction<ImageQuality> value) {
        List<Row> sorted = answers.stream()
                .sorted(Comparator.comparingDouble(row -> value.applyAsDouble(row.quality())))
                .toList();
        List<QualityErrors> errors = new ArrayList<>();
        int from = 0;
        for (int third = 1; third <= THIRDS; third++) {
            int to = Math.max(from, third * sorted.size() / THIRDS);
            while (to > from && to < sorted.size() && equal(sorted.get(to - 1), sorted.get(to), value)) {
                to++;
            }
            if (to > from) {
                errors.add(errors(sorted.subList(from, to), measure, value));
            }
            from = to;
        }
        return errors;
    }

    private static boolean equal(Row one, Row other, ToDoubleFunction<ImageQuality> value) {
        return value.applyAsDouble(one.quality()) == value.applyAsDouble(other.quality());
    }

    private static QualityErrors errors(List<Row> rows, String measure, ToDoubleFunction<ImageQuality> value) {
        List<Row> malignant = rows.stream().filter(ReportWriter::isMalignant).toList();
        List<Row> benign =
                rows.stream().filter(row -> !ReportWriter.isMalignant(row)).toList();
        return new QualityErrors(
                measure,
                value.applyAsDouble(rows.get(0).quality()),
                value.applyAsDouble(rows.get(rows.size() - 1).quality()),
                rows.size(),
                benign.size(),
                called(benign, Malignancy.MALIGNANT),
                malignant.size(),
                called(malignant, Malignancy.BENIGN),
                (int) rows.stream().filter(ReportWriter::isWrong).count());
    }

    private static int called(List<Row> rows, Malignancy outcome) {
        return (int) rows.stream().filter(row -> row.outcome() == outcome).count();
    }
}
