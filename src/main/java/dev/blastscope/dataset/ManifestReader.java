package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a manifest: a CSV file (RFC 4180, UTF-8) that lists images, their labels and perhaps their groups. */
public final class ManifestReader {

    static final String COLUMNS = "path,label or path,label,group";

    /** What the store writes: the name is the image's own, because files are kept under other names. */
    public static final List<String> ALL_COLUMNS = List.of("path", "label", "group", "name");

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get();
    // A column that is misspelt, such as 'patient' for 'group', would let a split leak without a word.
    private static final Set<List<String>> HEADERS =
            Set.of(List.of("path", "label"), List.of("path", "label", "group"), ALL_COLUMNS);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String manifest;
    private final ImageIntake intake;

    private ManifestReader(String manifest, ImageIntake intake) {
        this.manifest = manifest;
        this.intake = intake;
    }

    static Dataset read(Path manifest) throws IOException, DatasetRejected {
        String name = String.valueOf(manifest.getFileName());
        FolderIntake intake = new FolderIntake(manifest.toAbsolutePath().resolveSibling(""));
        if (!intake.holds(manifest)) {
            throw new DatasetRejected("The manifest '" + name + "' is a link that leaves its folder: copy it there.");
        }
        read(manifest, name, intake);
        return intake.dataset();
    }

    /**
     * Reads the rows of a manifest.
     *
     * @param name what it is called in messages
     * @param intake takes what it lists
     */
    public static void read(Path manifest, String name, ImageIntake intake) throws IOException, DatasetRejected {
        new ManifestReader(name, intake).readAll(text(manifest, name));
    }

    private static String text(Path manifest, String name) throws IOException, DatasetRejected {
        try {
            String text = Files.readString(manifest);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DatasetRejected("The manifest '" + name + "' is not UTF-8: save it as UTF-8.", e);
        }
    }

    private void readAll(String text) throws IOException, DatasetRejected {
        long line = 1;
        try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
            Iterator<CSVRecord> records = parser.iterator();
            int columns = readHeader(records);
            // A quoted field may span lines, so that a record begins where the parser stood after the one before.
            for (line = parser.getCurrentLineNumber() + 1;
                    records.hasNext();
                    line = parser.getCurrentLineNumber() + 1) {
                readRow(records.next(), columns, line);
            }
        } catch (UncheckedIOException e) {
            throw new DatasetRejected(
                    "The manifest '" + manifest + "' is not CSV as of RFC 4180 from line " + line
                            + " on: check its quotes.",
                    e);
        }
    }

    private int readHeader(Iterator<CSVRecord> records) throws DatasetRejected {
        List<String> header = records.hasNext()
                ? records.next().stream()
                        .map(column -> column.toLowerCase(Locale.ROOT))
                        .toList()
                : List.of();
        if (!HEADERS.contains(header)) {
            throw new DatasetRejected("The manifest '" + manifest + "' must begin with the header " + COLUMNS
                    + " but begins with " + String.join(",", header) + ".");
        }
        return header.size();
    }

    private void readRow(CSVRecord row, int columns, long line) throws IOException {
        String subject = manifest + ", line " + line;
        if (row.size() == 1 && row.get(0).isEmpty()) {
            return;
        }
        if (row.size() != columns) {
            intake.leaveOut(subject, "the number of columns is " + row.size() + ", but " + columns + " in the header");
            return;
        }
        Optional<SmearClass> label = ClassNames.parse(row.get(1));
        if (label.isEmpty()) {
            intake.leaveOut(subject, "the label '" + row.get(1) + "' is none of " + ClassNames.EXPECTED);
            return;
        }
        Optional<String> group = cell(row, 2).map(String::strip).filter(text -> !text.isEmpty());
        intake.add(subject + " (" + row.get(0) + ")", row.get(0), label.get(), group, cell(row, 3));
    }

    /** What stands in a column that may be absent or empty. */
    private static Optional<String> cell(CSVRecord row, int column) {
        return column < row.size() ? Optional.of(row.get(column)).filter(text -> !text.isEmpty()) : Optional.empty();
    }
}
