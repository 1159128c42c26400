package dev.blastscope.image;

import java.util.Locale;

/** Why an upload is not an image we trust; the list is closed, and its codes are part of the service's contract. */
public enum Reason {
    /** There are no bytes at all. */
    EMPTY,
    /** More bytes than {@link ImageLimits#maxBytes()}. */
    TOO_MANY_BYTES,
    /** The first bytes are those of no accepted format, whatever the file is called. */
    NOT_AN_IMAGE,
    /** More pixels than {@link ImageLimits#maxPixels()}. */
    TOO_MANY_PIXELS,
    /** A side longer than {@link ImageLimits#maxSide()}. */
    SIDE_TOO_LONG,
    /** A side shorter than {@link ImageLimits#minSide()}. */
    TOO_SMALL,
    /** The file ends before its image does. */
    TRUNCATED,
    /** The file contradicts its own format. */
    DAMAGED,
    /** The file may be sound, but its pixels are of a kind that no photograph of a smear needs. */
    UNSUPPORTED_PIXELS;

    /** The reason for machines, in kebab-case and stable: {@code too-many-bytes}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
