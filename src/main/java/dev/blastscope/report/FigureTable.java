package dev.blastscope.report;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.ClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.ConfusionMatrix;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Figures as rows of text for the page's template.
 *
 * @param rows name, value, interval, images and groups of each figure
 * @param confusion truth by row, prediction by column
 */
record FigureTable(List<Map<String, String>> rows, ConfusionMatrix confusion) {

    static FigureTable of(EvaluationFigures figures) {
        List<Map<String, String>> rows = new ArrayList<>();
        add(rows, "Sensitivity", figures.malignancy().sensitivity());
        add(rows, "Specificity", figures.malignancy().specificity());
        add(rows, "AUROC", figures.malignancy().auroc());
        add(rows, "ECE of malignancy", Optional.of(figures.malignancy().eceAfter()));
        add(rows, "Accuracy of four classes", Optional.of(figures.fourClass().accuracy()));
        figures.subtype()
                .ifPresent(subtype -> add(rows, "Accuracy of subtypes, if malignant", Optional.of(subtype.accuracy())));
        for (ClassFigures one : figures.fourClass().perClass()) {
            add(rows, "Recall of " + one.name(), one.recall());
            add(rows, "Precision of " + one.name(), one.precision());
        }
        return new FigureTable(rows, figures.fourClass().confusion());
    }

    private static void add(List<Map<String, String>> rows, String name, Optional<Figure> figure) {
        rows.add(figure.map(shown -> Map.of(
                        "name", name,
                        "value", text("%.3f", shown.value()),
                        "interval", text("%.3f to %.3f", shown.low(), shown.high()),
                        "images", Integer.toString(shown.n()),
                        "groups", Integer.toString(shown.groups())))
                .orElseGet(
                        () -> Map.of("name", name, "value", "undefined", "interval", "", "images", "", "groups", "")));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
