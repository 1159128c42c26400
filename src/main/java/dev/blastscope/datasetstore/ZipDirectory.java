package dev.blastscope.datasetstore;

import dev.blastscope.dataset.ImageIntake;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/**
 * Decides from a zip's directory alone whether the zip may be unpacked: what each entry declares is checked before any
 * of it is read.
 *
 * @param zipBytes the length of the zip
 */
record ZipDirectory(DatasetSettings settings, long zipBytes) {

    private static final Set<Integer> METHODS = Set.of(ZipMethod.STORED.getCode(), ZipMethod.DEFLATED.getCode());
    private static final Set<Long> ORDINARY = Set.of(0L, (long) UnixStat.FILE_FLAG, (long) UnixStat.DIR_FLAG);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z]:.*", Pattern.DOTALL);

    /** The entries worth unpacking. */
    List<Member> members(ZipFile zip) throws ArchiveRefused {
        List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
        settings.checkEntries(entries.size());
        ArchiveRefused.Collector refused = new ArchiveRefused.Collector();
        List<Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            ZipArchiveEntry entry = entries.get(i);
            Optional<String> broken = broken(entry);
            String name = normalise(nameOf(entry)).orElse("");
            if (broken.isPresent()) {
                refused.add(i + 1, entry.getName(), broken.get());
            } else if (!isSkipped(entry)) {
                members.add(new Member(i + 1, name, entry));
                if (!names.add(folded(name))) {
                    refused.add(i + 1, entry.getName(), "has the name of an earlier entry, ignoring case");
                }
            }
        }
        refused.throwIfAny();
        checkTotals(members);
        return members;
    }

    private void checkTotals(List<Member> members) throws ArchiveRefused {
        settings.checkUnpacked(
                members.stream().mapToLong(member -> member.entry().getSize()).sum());
        // Entries that share their compressed bytes would unpack to more than the ratio allows.
        if (members.stream()
                        .mapToLong(member -> member.entry().getCompressedSize())
                        .sum()
                > zipBytes) {
            throw ArchiveRefused.notAZip();
        }
    }

    /** Equal for names that some file system would take for the same. */
    private static String folded(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        return Normalizer.normalize(composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /** The name with {@code /} between folders, as Windows' own zips may not have it. */
    private static String nameOf(ZipArchiveEntry entry) {
        return entry.getName().replace('\\', '/');
    }

    /** The name without {@code .} and {@code ..}; empty if it leads out of the archive. */
    static Optional<String> normalise(String name) {
        if (name.startsWith("/")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/", -1)) {
            if (!part.equals("..")) {
                parts.addLast(part);
            } else if (parts.pollLast() == null) {
                return Optional.empty();
            }
            if (part.isEmpty() || part.equals(".")) {
                parts.removeLast();
            }
        }
        return Optional.of(String.join("/", parts));
    }

    /** Whether it is a folder or something that operating systems add by themselves. */
    private static boolean isSkipped(ZipArchiveEntry entry) {
        String name = normalise(nameOf(entry)).orElse("");
        return entry.isDirectory() || Arrays.stream(name.split("/", -1)).anyMatch(ImageIntake::isSystemFile);
    }

    /** The rule that an entry breaks, if any. */
    private Optional<String> broken(ZipArchiveEntry entry) {
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
            return Optional.of("is compressed by an unsupported method: use deflate, or none");
        }
        if (size < 0 || compressed < 0 || compressed > zipBytes) {
            return Optional.of("declares an impossible size: pack the archive again");
        }
        if (size > settings.maxEntry().toBytes()) {
            return rule(
                    "has %,d bytes; at most %,d are accepted",
                    size, settings.maxEntry().toBytes());
        }
        if (size > settings.maxRatio() * compressed) {
            return rule(
                    "unpacks to %,d bytes from %,d; the maximum ratio is %,d", size, compressed, settings.maxRatio());
        }
        return Optional.empty();
    }

    private static Optional<String> rule(String rule, Object... measured) {
        return Optional.of(String.format(Locale.ROOT, rule, measured));
    }

    /**
     * An entry of a zip that may be unpacked.
     *
     * @param number its place in the zip's directory, from 1
     * @param name its name, normalised
     * @param entry what the directory declares of it
     */
    record Member(int number, String name, ZipArchiveEntry entry) {

        private static final Pattern EXTENSION = Pattern.compile(".*(\\.[a-z0-9]{1,5})", Pattern.DOTALL);

        /**
         * A file name that every system can have: the number, and the extension for people who look into the folder.
         */
        String fileName() {
            Matcher extension = EXTENSION.matcher(name.toLowerCase(Locale.ROOT));
            return String.format(Locale.ROOT, "%06d", number) + (extension.matches() ? extension.group(1) : "");
        }
    }
}
