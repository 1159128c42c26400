package dev.blastscope.modelstore;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a published model, {@code yyyy-MM-dd.N}: the UTC day of its publication and a number from 1 within it.
 * Versions are ordered by age, so {@code .10} comes after {@code .9}.
 */
public record ModelVersion(LocalDate day, int number) implements Comparable<ModelVersion> {

    private static final Pattern FORM = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})\\.([1-9][0-9]{0,8})");
    private static final Comparator<ModelVersion> BY_AGE =
            Comparator.comparing(ModelVersion::day).thenComparingInt(ModelVersion::number);

    /** The version of exactly this name; empty if the text is anything else, such as a path. */
    public static Optional<ModelVersion> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ModelVersion(LocalDate.parse(matcher.group(1)), Integer.parseInt(matcher.group(2))));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    ModelVersion next() {
        return new ModelVersion(day, number + 1);
    }

    @Override
    public int compareTo(ModelVersion other) {
        return BY_AGE.compare(this, other);
    }

    @Override
    public String toString() {
        return day + "." + number;
    }
}
