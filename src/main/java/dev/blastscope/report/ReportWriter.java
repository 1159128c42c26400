package dev.blastscope.report;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.report.Report.GroupErrors;
import dev.blastscope.report.Report.ReliabilityBin;
import dev.blastscope.report.Report.RocPoint;
import dev.blastscope.report.Report.SelectivePoint;
import dev.blastscope.report.Report.WrongImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a report from a model's answers to labelled images.
 *
 * @param version the model
 * @param digest its files
 * @param remarks what a reader must know
 * @param limits what the model cannot be trusted with
 * @param notice what the report may be used for
 */
public record ReportWriter(String version, String digest, List<String> remarks, List<String> limits, String notice) {

    private static final int BINS = 10;
    private static final int MOST_WRONG = 200;

    /** Of fewer answers than this share, those right are mere chance. */
    private static final double LEAST_DECIDED = 0.1;

    /** What is known of an image besides the answer: the name of its file, and a small picture as a data URI. */
    public record Picture(String name, Optional<String> thumbnail) {}

    /**
     * Reports.
     *
     * @param subject what was measured on what, in a sentence
     * @param figures the figures on these images; empty where there are none
     * @param answers one for each image; empty where only figures are at hand
     * @param picture finds an image by its SHA-256, where its data set is at hand
     */
    public Report report(
            String subject,
            Optional<EvaluationFigures> figures,
            List<Row> answers,
            Function<String, Optional<Picture>> picture) {
        return new Report(
                version,
                digest,
                subject,
                figures.map(ReportWriter::words).orElse(List.of()),
                figures,
                roc(answers),
                operatingPoint(answers),
                reliability(answers),
                selective(answers),
                groups(answers),
                QualityThirds.of(answers),
                wrong(answers, picture),
                remarks,
                limits,
                notice);
    }

    /** What the first evaluation of a card was measured on, in a sentence. */
    public static String trainingSubject(ModelCard card) {
        int images = card.data().images().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        return card.evaluations().stream()
                .findFirst()
                .map(figures -> (figures.part().equals("out-of-fold")
                                ? "Measured on all %d images of its training data, in %d groups, each judged by heads that saw"
                                        + " nothing of its group."
                                : "Measured on the " + figures.part()
                                        + " part of its training data, of %d images in %d groups.")
                        .formatted(images, card.data().groups()))
                .orElse("Nothing was measured.");
    }

    private static List<String> words(EvaluationFigures figures) {
        List<String> words = new ArrayList<>();
        figures.malignancy()
                .sensitivity()
                .ifPresent(figure -> words.add(ofHundred("malignant", figure, "called benign")));
        figures.malignancy()
                .specificity()
                .ifPresent(figure -> words.add(ofHundred("benign", figure, "called malignant")));
        figures.subtype()
                .ifPresent(subtype -> words.add(
                        ofHundred("malignant", subtype.accuracy(), "given another subtype than their label's")));
        return words;
    }

    /**
     * An error in words: "Of 100 benign fields about 4 (1 to 8) are called malignant, judged by 428 images in 21
     * groups."
     */
    private static String ofHundred(String truth, Figure right, String error) {
        return String.format(
                Locale.ROOT,
                "Of 100 %s fields about %s (%s to %s) are %s: %d images in %s.",
                truth,
                percent(1 - right.value()),
                percent(1 - right.high()),
                percent(1 - right.low()),
                error,
                right.n(),
                right.groups() == 1 ? "one group of similar ones" : right.groups() + " groups of similar ones");
    }

    private static String percent(double share) {
        double percent = 100 * share;
        return percent < 1 && percent > 0
                ? String.format(Locale.ROOT, "%.1f", percent)
                : Long.toString(Math.round(percent));
    }

    /** From no image called malignant to all; images of equal probability change sides together. */
    private static List<RocPoint> roc(List<Row> answers) {
        long malignant = answers.stream().filter(ReportWriter::isMalignant).count();
        long benign = answers.size() - malignant;
        if (malignant == 0 || benign == 0) {
            return List.of();
        }
        Map<Double, long[]> byProbability = new TreeMap<>(Comparator.reverseOrder());
        for (Row row : answers) {
            byProbability.computeIfAbsent(row.malignant(), probability -> new long[2])[isMalignant(row) ? 1 : 0]++;
        }
        List<RocPoint> points = new ArrayList<>(List.of(new RocPoint(0, 0)));
        long alarms = 0;
        long hits = 0;
        for (long[] here : byProbability.values()) {
            alarms += here[0];
            hits += here[1];
            points.add(new RocPoint((double) alarms / benign, (double) hits / malignant));
        }
        return points;
    }

    private static Optional<RocPoint> operatingPoint(List<Row> answers) {
        Map<Boolean, List<Row>> byTruth =
                answers.stream().collect(Collectors.partitioningBy(ReportWriter::isMalignant));
        List<Row> malignant = byTruth.getOrDefault(true, List.of());
        List<Row> benign = byTruth.getOrDefault(false, List.of());
        return malignant.isEmpty() || benign.isEmpty()
                ? Optional.empty()
                : Optional.of(new RocPoint(called(benign), called(malignant)));
    }

    private static double called(List<Row> rows) {
        return (double) rows.stream()
                        .filter(row -> row.outcome() == Malignancy.MALIGNANT)
                        .count()
                / rows.size();
    }

    private static List<ReliabilityBin> reliability(List<Row> answers) {
        Map<Integer, List<Row>> bins = answers.stream()
                .collect(Collectors.groupingBy(
                        row -> Math.min(BINS - 1, (int) (2 * BINS * (confidence(row) - 0.5))),
                        TreeMap::new,
                        Collectors.toList()));
        return bins.values().stream()
                .map(rows -> new ReliabilityBin(
                        rows.stream()
                                .mapToDouble(ReportWriter::confidence)
                                .average()
                                .orElseThrow(),
                        (double) rows.stream()
                                        .filter(row -> (row.malignant() >= 0.5) == isMalignant(row))
                                        .count()
                                / rows.size(),
                        rows.size()))
                .toList();
    }

    /** Of the surest answers, without those of equal certainty that no threshold would part from others. */
    private static List<SelectivePoint> selective(List<Row> answers) {
        List<Row> surest = answers.stream()
                .sorted(Comparator.comparingDouble(ReportWriter::certainty).reversed())
                .toList();
        List<SelectivePoint> points = new ArrayList<>();
        int right = 0;
        for (int i = 0; i < surest.size(); i++) {
            right += isWrong(surest.get(i)) ? 0 : 1;
            int decided = i + 1;
            boolean isLast = decided == surest.size();
            if (isLast || certainty(surest.get(i)) > certainty(surest.get(decided))) {
                double share = (double) decided / surest.size();
                if (isLast || share >= LEAST_DECIDED) {
                    points.add(new SelectivePoint(share, certainty(surest.get(i)), (double) right / decided));
                }
            }
        }
        return points;
    }

    private static List<GroupErrors> groups(List<Row> answers) {
        return answers.stream().collect(Collectors.groupingBy(Row::group)).entrySet().stream()
                .map(group -> new GroupErrors(
                        group.getKey(),
                        majority(group.getValue()),
                        group.getValue().size(),
                        (int) group.getValue().stream()
                                .filter(ReportWriter::isWrong)
                                .count()))
                .filter(group -> group.wrong() > 0)
                .sorted(Comparator.comparingInt(GroupErrors::wrong).reversed().thenComparing(GroupErrors::group))
                .toList();
    }

    private static SmearClass majority(List<Row> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(Row::truth, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private static List<WrongImage> wrong(List<Row> answers, Function<String, Optional<Picture>> picture) {
        return answers.stream()
                .filter(ReportWriter::isWrong)
                .sorted(Comparator.comparingDouble(ReportWriter::confidence)
                        .reversed()
                        .thenComparing(Row::sha256))
                .limit(MOST_WRONG)
                .map(row -> {
                    Optional<Picture> found = picture.apply(row.sha256());
                    return new WrongImage(
                            row.sha256(),
                            found.map(Picture::name),
                            row.group(),
                            row.truth(),
                            row.smearClass(),
                            row.malignant(),
                            found.flatMap(Picture::thumbnail));
                })
                .toList();
    }

    static boolean isWrong(Row row) {
        return row.smearClass() != row.truth();
    }

    static boolean isMalignant(Row row) {
        return row.truth().malignancy() == Malignancy.MALIGNANT;
    }

    /** The probability of the class of four. */
    private static double certainty(Row row) {
        return row.classes().of(row.smearClass());
    }

    private static double confidence(Row row) {
        return Math.max(row.malignant(), 1 - row.malignant());
    }
}
