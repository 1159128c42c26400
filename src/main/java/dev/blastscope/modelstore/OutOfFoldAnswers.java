package dev.blastscope.modelstore;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the cross-validation of a model answered for each image that the model learned from: an answer of heads that had
 * seen nothing like it, so that such images can still be compared and reported on.
 *
 * <p>Its file is a table in CSV, a line for each image in the data set's order.
 */
public final class OutOfFoldAnswers {

    private static final String HEADER = Stream.of(
                    Stream.of("sha256", "group", "fold", "truth", "outcome", "malignant"),
                    Stream.of(Subtype.values()).map(subtype -> subtype.name().toLowerCase(Locale.ROOT)),
                    Stream.of("sharpness", "brightness", "stain", "contrast", "clipped", "nuclei", "distance"))
            .flatMap(names -> names)
            .collect(Collectors.joining(","));

    private static final int SUBTYPES_FROM = 6;
    private static final int QUALITY_FROM = SUBTYPES_FROM + Subtype.values().length;
    private static final int DISTANCE_AT = QUALITY_FROM + 6;
    private static final int CELLS = DISTANCE_AT + 1;

    private final List<Row> rows;
    private final Map<String, Row> byImage;

    public OutOfFoldAnswers(List<Row> rows) {
        this.rows = List.copyOf(rows);
        this.byImage =
                rows.stream().collect(Collectors.toMap(Row::sha256, row -> row, (one, copy) -> one, HashMap::new));
    }

    /**
     * Reads the file of a model.
     *
     * @throws IllegalArgumentException if a line is anything else
     */
    public static OutOfFoldAnswers read(byte[] file) {
        List<String> lines = new String(file, StandardCharsets.UTF_8).lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException(ModelFiles.OUT_OF_FOLD + " does not begin with " + HEADER);
        }
        List<Row> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            try {
                rows.add(Row.read(line.split(",", -1)));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IllegalArgumentException(
                        ModelFiles.OUT_OF_FOLD + ", line " + (rows.size() + 2) + ", is no answer", e);
            }
        }
        return new OutOfFoldAnswers(rows);
    }

    public List<Row> rows() {
        return rows;
    }

    /** The answer for an image by its SHA-256, in hexadecimal. */
    public Optional<Row> find(String sha256) {
        return Optional.ofNullable(byImage.get(sha256));
    }

    /** The file of a model. */
    public byte[] toBytes() {
        return Stream.concat(Stream.of(HEADER), rows.stream().map(Row::toLine))
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The answer for one image.
     *
     * @param sha256 of the image file, 64 hexadecimal digits
     * @param group of similar images, numbered within the data set
     * @param fold that it was judged in, from 0
     * @param truth its label
     * @param outcome by a threshold that its fold had no part in
     * @param malignant the probability of malignant, by a calibration that its fold had no part in
     * @param subtypes the probability of each subtype, likewise, in the order of {@link Subtype}
     * @param quality how the image was photographed
     * @param distance from the images of the other folds, in features; empty where it was not measured
     */
    public record Row(
            String sha256,
            int group,
            int fold,
            SmearClass truth,
            Malignancy outcome,
            double malignant,
            List<Double> subtypes,
            ImageQuality quality,
            OptionalDouble distance) {

        /** @throws IllegalArgumentException if a probability is outside [0, 1], or there is not one of each subtype */
        public Row {
            subtypes = List.copyOf(subtypes);
            if (!sha256.matches("[0-9a-f]{64}")
                    || subtypes.size() != Subtype.values().length
                    || Stream.concat(Stream.of(malignant), subtypes.stream())
                            .anyMatch(probability -> !(probability >= 0 && probability <= 1))) {
                throw new IllegalArgumentException("not the answer for an image");
            }
        }

        /** The answer of both heads together: benign if that is the outcome, else the most probable subtype. */
        public SmearClass smearClass() {
            return SmearClass.of(outcome, subtypes);
        }

        /** The probability of each of the four classes. */
        public Probabilities<SmearClass> classes() {
            Map<SmearClass, Double> classes = new EnumMap<>(SmearClass.class);
            classes.put(SmearClass.BENIGN, 1 - malignant);
            for (Subtype subtype : Subtype.values()) {
                classes.put(SmearClass.of(subtype), malignant * subtypes.get(subtype.ordinal()));
            }
            return new Probabilities<>(classes);
        }

        private static Row read(String[] cells) {
            if (cells.length != CELLS) {
                throw new IllegalArgumentException(cells.length + " cells");
            }
            return new Row(
                    cells[0],
                    Integer.parseInt(cells[1]),
                    Integer.parseInt(cells[2]),
                    SmearClass.valueOf(cells[3]),
                    Malignancy.valueOf(cells[4]),
                    Double.parseDouble(cells[5]),
                    Stream.of(cells)
                            .limit(QUALITY_FROM)
                            .skip(SUBTYPES_FROM)
                            .map(Double::valueOf)
                            .toList(),
                    quality(Stream.of(cells)
                            .limit(DISTANCE_AT)
                            .skip(QUALITY_FROM)
                            .mapToDouble(Double::parseDouble)
                            .toArray()),
                    cells[DISTANCE_AT].isEmpty()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(Double.parseDouble(cells[DISTANCE_AT])));
        }

        private static ImageQuality quality(double[] numbers) {
            return new ImageQuality(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
        }

        private String toLine() {
            List<Object> cells = new ArrayList<>(List.of(sha256, group, fold, truth, outcome, malignant));
            cells.addAll(subtypes);
            cells.addAll(List.of(
                    quality.sharpness(),
                    quality.brightness(),
                    quality.stain(),
                    quality.contrast(),
                    quality.clipped(),
                    quality.nuclei()));
            cells.add(distance.isPresent() ? distance.getAsDouble() : "");
            return cells.stream().map(Object::toString).collect(Collectors.joining(","));
        }
    }
}
