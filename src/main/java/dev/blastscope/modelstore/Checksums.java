package dev.blastscope.modelstore;

import dev.blastscope.modelstore.DamagedModel.FileDamage;
import dev.blastscope.refusal.UntrustedText;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** The SHA-256 of each file of a model, in a file that {@code sha256sum -c} understands. */
final class Checksums {

    static final String FILE = "SHA256SUMS";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\n]+)\n");

    private final Map<String, String> byName = new TreeMap<>();

    static Checksums of(Map<String, byte[]> files) {
        Checksums checksums = new Checksums();
        files.forEach((name, file) -> checksums.byName.put(name, DigestUtils.sha256Hex(file)));
        return checksums;
    }

    /** Reads a checksum file, which lists each file of a model once, optionally its optional files, and no other. */
    static Checksums parse(byte[] file) throws FileDamage {
        Checksums checksums = new Checksums();
        String text = new String(file, StandardCharsets.ISO_8859_1);
        Matcher line = LINE.matcher(text);
        int end = 0;
        while (line.lookingAt()) {
            checksums.add(line.group(2), line.group(1));
            end = line.end();
            line.region(end, text.length());
        }
        if (end < text.length()) {
            throw new FileDamage(FILE, "has a line that is not a SHA-256, two spaces and a file name");
        }
        for (String name : ModelFiles.NAMES) {
            if (!checksums.byName.containsKey(name)) {
                throw new FileDamage(FILE, "does not list " + name);
            }
        }
        return checksums;
    }

    Set<String> names() {
        return byName.keySet();
    }

    boolean lists(String name) {
        return byName.containsKey(name);
    }

    void verify(String name, byte[] bytes) throws FileDamage {
        if (!DigestUtils.sha256Hex(bytes).equals(byName.get(name))) {
            throw new FileDamage(name, "does not match its checksum in " + FILE);
        }
    }

    /** Which precisions the listed files make. */
    Set<Precision> precisions() {
        return lists(ModelFiles.name(Precision.INT8, ModelFiles.CARD))
                ? EnumSet.allOf(Precision.class)
                : EnumSet.of(Precision.FP32);
    }

    /** {@code sha256:} and the SHA-256 of the lines about the files of the model in a precision. */
    String digest(Precision precision) {
        return "sha256:" + DigestUtils.sha256Hex(lines(ModelFiles.names(precision)::contains));
    }

    byte[] toBytes() {
        return lines(name -> true).getBytes(StandardCharsets.US_ASCII);
    }

    private String lines(Predicate<String> named) {
        StringBuilder text = new StringBuilder();
        byName.forEach((name, digest) -> {
            if (named.test(name)) {
                text.append(digest).append("  ").append(name).append('\n');
            }
        });
        return text.toString();
    }

    private void add(String name, String digest) throws FileDamage {
        if (Stream.of(Precision.values()).map(ModelFiles::names).noneMatch(names -> names.contains(name))) {
            throw new FileDamage(FILE, "lists " + UntrustedText.quoted(name) + ", which is not a file of a model");
        }
        if (byName.put(name, digest) != null) {
            throw new FileDamage(FILE, "lists " + name + " twice");
        }
    }
}
