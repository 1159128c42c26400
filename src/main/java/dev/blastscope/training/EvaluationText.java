package dev.blastscope.training;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.ChangeFigures;
import dev.blastscope.modelstore.EvaluationFigures.ClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.ConfusionMatrix;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.modelstore.EvaluationFigures.SubtypeFigures;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The figures of one measurement, or of a grouped and a random split side by side, for a terminal of 100 columns.
 *
 * <p>What the random split does better than the grouped one is what leaks through similar images on both of its sides.
 * How each interval was made is a numbered note below the table.
 */
public final class EvaluationText {

    private static final String NAME = "%-26s";
    private static final String CELL = "%-37s";

    private final List<EvaluationFigures> columns;
    private final List<String> lines = new ArrayList<>();
    /** How intervals were made; a note's number is its place. */
    private final List<String> notes = new ArrayList<>();

    private EvaluationText(List<EvaluationFigures> columns) {
        this.columns = columns;
    }

    /** The table, the confusion matrices of the grouped split and the notes, each line ending in a line feed. */
    public static String of(EvaluationFigures grouped, EvaluationFigures random) {
        return new EvaluationText(List.of(grouped, random)).print();
    }

    /** The same for one measurement alone. */
    public static String of(EvaluationFigures figures) {
        return new EvaluationText(List.of(figures)).print();
    }

    /** A table of how changed copies did, each line ending in a line feed. */
    public static String ofChanges(List<ChangeFigures> changes) {
        StringBuilder table = new StringBuilder(
                "changed copies, out-of-fold  sensitivity  specificity  four classes  wrong above .95\n");
        for (ChangeFigures change : changes) {
            table.append(String.format(
                    Locale.ROOT,
                    "  %-12s %5d copies  %11s  %11s  %12s  %15d\n",
                    change.change(),
                    change.n(),
                    share(change.sensitivity()),
                    share(change.specificity()),
                    share(Optional.of(change.accuracy())),
                    change.wrongAndSure()));
        }
        return table.toString();
    }

    private static String share(Optional<Figure> figure) {
        return figure.map(shown -> String.format(Locale.ROOT, "%.3f", shown.value()))
                .orElse("undefined");
    }

    private String print() {
        row("", EvaluationText::title);

        row(
                "malignancy",
                figures -> size(figures.malignancy().n(), figures.malignancy().groups()));
        figure("sensitivity", figures -> figures.malignancy().sensitivity());
        figure("specificity", figures -> figures.malignancy().specificity());
        figure("AUROC", figures -> figures.malignancy().auroc());
        figure("ECE before scaling", figures -> Optional.of(figures.malignancy().eceBefore()));
        figure("ECE after scaling", figures -> Optional.of(figures.malignancy().eceAfter()));

        row("subtype, if malignant", figures -> figures.subtype()
                .map(subtype -> size(subtype.n(), subtype.groups()))
                .orElse("no malignant images"));
        figure("accuracy", figures -> figures.subtype().map(SubtypeFigures::accuracy));
        classes(
                Subtype.values(),
                figures -> figures.subtype().map(SubtypeFigures::perClass).orElse(List.of()));
        figure("ECE before scaling", figures -> figures.subtype().map(SubtypeFigures::eceBefore));
        figure("ECE after scaling", figures -> figures.subtype().map(SubtypeFigures::eceAfter));

        row(
                "four classes",
                figures -> size(figures.fourClass().n(), figures.fourClass().groups()));
        figure("accuracy", figures -> Optional.of(figures.fourClass().accuracy()));
        classes(SmearClass.values(), figures -> figures.fourClass().perClass());

        EvaluationFigures first = columns.get(0);
        first.subtype().ifPresent(subtype -> matrix("subtype, if malignant", subtype.confusion()));
        matrix("four classes", first.fourClass().confusion());
        notes();
        return lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
    }

    private void classes(Enum<?>[] classes, Function<EvaluationFigures, List<ClassFigures>> perClass) {
        for (Enum<?> one : classes) {
            Function<EvaluationFigures, Optional<ClassFigures>> found = figures -> perClass.apply(figures).stream()
                    .filter(other -> other.name().equals(one.name()))
                    .findFirst();
            figure(one + " precision", figures -> found.apply(figures).flatMap(ClassFigures::precision));
            figure(one + " recall", figures -> found.apply(figures).flatMap(ClassFigures::recall));
            figure(one + " F1", figures -> found.apply(figures).flatMap(ClassFigures::f1));
        }
    }

    private void figure(String name, Function<EvaluationFigures, Optional<Figure>> figure) {
        row("  " + name, figures -> figure.apply(figures).map(this::text).orElse("undefined"));
    }

    private void row(String name, Function<EvaluationFigures, String> cell) {
        lines.add(NAME.formatted(name)
                + columns.stream().map(cell).map(CELL::formatted).collect(Collectors.joining()));
    }

    private String text(Figure figure) {
        if (!notes.contains(figure.interval())) {
            notes.add(figure.interval());
        }
        int note = notes.indexOf(figure.interval()) + 1;
        return String.format(
                Locale.ROOT,
                "%.3f [%.3f, %.3f] (%d)  n=%d/%d",
                figure.value(),
                figure.low(),
                figure.high(),
                note,
                figure.n(),
                figure.groups());
    }

    private static String title(EvaluationFigures figures) {
        return figures.part().equals(Evaluation.OUT_OF_FOLD)
                ? figures.split() + " folds"
                : figures.split().equals("no")
                        ? figures.part()
                        : "%s split, %s".formatted(figures.split(), figures.part());
    }

    private static String size(int n, int groups) {
        return "%d images, %d groups".formatted(n, groups);
    }

    private void matrix(String title, ConfusionMatrix confusion) {
        lines.add("");
        lines.add("%s, %s split: truth by row, answer by column"
                .formatted(title, columns.get(0).split()));
        lines.add(cells("", confusion.classes()));
        for (int row = 0; row < confusion.classes().size(); row++) {
            lines.add(cells(confusion.classes().get(row), confusion.counts().get(row)));
        }
    }

    private static String cells(String name, List<?> cells) {
        return cells.stream()
                .map("%13s"::formatted)
                .collect(Collectors.joining("", "%-13s".formatted("  " + name), ""));
    }

    private void notes() {
        lines.add("");
        if (columns.stream().anyMatch(figures -> figures.split().equals("random"))) {
            lines.add(
                    "At random, similar images leak; only the grouped figures show how the model does on new smears.");
        }
        lines.add("n: images / groups of similar ones. In brackets, the 95 % interval by");
        for (int note = 0; note < notes.size(); note++) {
            lines.add("(%d) %s".formatted(note + 1, notes.get(note)));
        }
    }
}
