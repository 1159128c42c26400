package dev.blastscope.datasetstore;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Decides from a zip's directory alone whether the zip may be unpacked. */
record ZipDirectory(ArchiveLimits limits) {

    /**
     * The entries worth unpacking.
     *
     * @param zipBytes the length of the zip
     */
    List<ZipMember> members(ZipFile zip, long zipBytes) throws ArchiveRefused {
        List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
        limits.checkEntries(entries.size());
        EntryRules rules = new EntryRules(limits, zipBytes);
        Refusals refusals = new Refusals();
        List<ZipMember> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            ZipArchiveEntry entry = entries.get(i);
            Optional<String> broken = rules.broken(entry);
            String name = RelativeName.normalise(EntryRules.nameOf(entry)).orElse("");
            if (broken.isPresent()) {
                refusals.add(i + 1, entry.getName(), broken.get());
            } else if (!EntryRules.isSkipped(entry)) {
                members.add(new ZipMember(i + 1, name, entry));
                if (!names.add(folded(name))) {
                    refusals.add(
                            i + 1,
                            entry.getName(),
                            "has the name of an earlier entry, upper and lower case being alike");
                }
            }
        }
        refusals.throwIfAny();
        checkTotals(members, zipBytes);
        return members;
    }

    private void checkTotals(List<ZipMember> members, long zipBytes) throws ArchiveRefused {
        limits.checkUnpacked(
                members.stream().mapToLong(member -> member.entry().getSize()).sum());
        // Entries that share their compressed bytes would unpack to more than the ratio tells.
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
}
