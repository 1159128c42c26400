package dev.blastscope.datasetstore;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a stored data set: lower-case letters, digits and dashes, up to 64 of them. */
public record DatasetName(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,64}");

    public DatasetName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not the name of a data set");
        }
    }

    /** The name of exactly this text; empty if it is anything else, such as a path. */
    public static Optional<DatasetName> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new DatasetName(text)) : Optional.empty();
    }

    /** The name of exactly this text. */
    public static DatasetName of(String text) throws DatasetRefused {
        return parse(text).orElseThrow(DatasetRefused::invalidName);
    }

    @Override
    public String toString() {
        return value;
    }
}
