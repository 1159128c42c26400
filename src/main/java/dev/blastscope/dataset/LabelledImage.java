package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a data set with its label; whether it holds an image is not known before it is decoded.
 *
 * @param name where it lies in the data set, with {@code /} between folders, or lay before the store renamed its file
 * @param path the file itself, with every link resolved
 * @param label the class that the data set gives it
 * @param group what it must stay with in a split, such as its patient or slide; empty where the data set has none
 */
public record LabelledImage(String name, Path path, SmearClass label, Optional<String> group) {

    /** The last run of digits before the extension; 18 digits always fit a long. */
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,18})[^\\d/]*", Pattern.DOTALL);

    /** The last run of digits in the file's name, its extension aside; -1 when there is none. */
    public long number() {
        Matcher numbered = numbered();
        return numbered.matches() ? Long.parseLong(numbered.group(2)) : -1;
    }

    /** The folder and the file's name up to its {@link #number()}: numbered files of one series were taken in turn. */
    public String series() {
        Matcher numbered = numbered();
        return numbered.matches() ? numbered.group(1) : name;
    }

    private Matcher numbered() {
        int extension = name.lastIndexOf('.');
        return NUMBERED.matcher(extension > name.lastIndexOf('/') ? name.substring(0, extension) : name);
    }
}
