package dev.blastscope.datasetstore;

import dev.blastscope.dataset.ImageIntake;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** What an entry of a zip may announce, checked before any of it is unpacked. */
record EntryRules(ArchiveLimits limits, long zipBytes) {

    private static final Set<Integer> METHODS = Set.of(ZipMethod.STORED.getCode(), ZipMethod.DEFLATED.getCode());
    private static final Set<Long> ORDINARY = Set.of(0L, (long) UnixStat.FILE_FLAG, (long) UnixStat.DIR_FLAG);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z]:.*", Pattern.DOTALL);

    /** The name with {@code /} between folders, as Windows' own zips may not have it. */
    static String nameOf(ZipArchiveEntry entry) {
        return entry.getName().replace('\\', '/');
    }

    /** Whether it is a folder or something that an operating system adds unasked, and so of no interest. */
    static boolean isSkipped(ZipArchiveEntry entry) {
        String name = RelativeName.normalise(nameOf(entry)).orElse("");
        return entry.isDirectory() || Arrays.stream(name.split("/", -1)).anyMatch(ImageIntake::isSystemFile);
    }

    /** The rule that an entry breaks, if any. */
    Optional<String> broken(ZipArchiveEntry entry) {
        return brokenByName(entry)
                .or(() -> brokenByKind(entry))
                .or(() -> isSkipped(entry) ? Optional.empty() : brokenBySize(entry));
    }

    private static Optional<String> brokenByName(ZipArchiveEntry entry) {
        String name = nameOf(entry);
        if (name.isBlank() || CONTROL.matcher(name).find()) {
            return Optional.of("its name is empty or has control characters: rename it");
        }
        if (ABSOLUTE.matcher(name).matches()) {
            return Optional.of("its name is an absolute path: pack it relative to the data set");
        }
        if (Arrays.asList(name.split("/", -1)).contains("..")) {
            return Optional.of("its name leads out of its folder (..): pack it relative to the data set");
        }
        return Optional.empty();
    }

    private static Optional<String> brokenByKind(ZipArchiveEntry entry) {
        if (!ORDINARY.contains(entry.getExternalAttributes() >>> 16 & UnixStat.FILE_TYPE_FLAG)) {
            return Optional.of("is a link or another special file: pack the file itself");
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            return Optional.of("is encrypted: pack it without a password");
        }
        return Optional.empty();
    }

    private Optional<String> brokenBySize(ZipArchiveEntry entry) {
        long size = entry.getSize();
        long compressed = entry.getCompressedSize();
        if (!METHODS.contains(entry.getMethod())) {
            return Optional.of("is compressed in an unusual way: use deflate, or none");
        }
        if (size < 0 || compressed < 0 || compressed > zipBytes) {
            return Optional.of("announces a size that is not possible: pack the archive again");
        }
        if (size > limits.maxEntryBytes()) {
            return refused("has %,d bytes; at most %,d are accepted", size, limits.maxEntryBytes());
        }
        if (size > limits.maxRatio() * compressed) {
            return refused(
                    "unpacks to %,d bytes from %,d; at most %,d times as many are accepted",
                    size, compressed, limits.maxRatio());
        }
        return Optional.empty();
    }

    private static Optional<String> refused(String rule, Object... measured) {
        return Optional.of(String.format(Locale.ROOT, rule, measured));
    }
}
