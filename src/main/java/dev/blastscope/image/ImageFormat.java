package dev.blastscope.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The file formats that are accepted, told apart by their first bytes. */
public enum ImageFormat {
    JPEG("\u00FF\u00D8\u00FF"),
    PNG("\u0089PNG\r\n\u001A\n"),
    BMP("BM"),
    TIFF("II*\0", "MM\0*"),
    GIF("GIF87a", "GIF89a");

    private static final int LONGEST_MAGIC = 8;

    private final String magic;
    private final String otherMagic;

    ImageFormat(String magic) {
        this(magic, magic);
    }

    ImageFormat(String magic, String otherMagic) {
        this.magic = magic;
        this.otherMagic = otherMagic;
    }

    /** The format in lower case: {@code jpeg}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format that these bytes begin like; empty if it is none of the accepted ones. */
    static Optional<ImageFormat> of(byte[] bytes) {
        String beginning = new String(bytes, 0, Math.min(bytes.length, LONGEST_MAGIC), StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(format -> beginning.startsWith(format.magic) || beginning.startsWith(format.otherMagic))
                .findFirst();
    }
}
