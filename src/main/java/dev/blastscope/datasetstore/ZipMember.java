package dev.blastscope.datasetstore;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * An entry of a zip that may be unpacked.
 *
 * @param number its place in the zip's directory, from 1
 * @param name its name, normalised
 * @param entry what the directory announces of it
 */
record ZipMember(int number, String name, ZipArchiveEntry entry) {

    private static final Pattern EXTENSION = Pattern.compile(".*(\\.[a-z0-9]{1,5})", Pattern.DOTALL);

    /** A file name that every system can have: the number, and the extension for whoever looks into the folder. */
    String fileName() {
        Matcher extension = EXTENSION.matcher(name.toLowerCase(Locale.ROOT));
        return String.format(Locale.ROOT, "%06d", number) + (extension.matches() ? extension.group(1) : "");
    }
}
