package dev.blastscope.image;

import dev.blastscope.refusal.Refusal;
import java.util.Locale;

/** An upload that is not an image within the rules; the message names the rule, the measured value and the way out. */
public final class ImageRejected extends Refusal {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    ImageRejected(Reason reason, String message) {
        super(reason.code(), message);
        this.reason = reason;
    }

    static ImageRejected truncated(ImageFormat format) {
        return new ImageRejected(
                Reason.TRUNCATED,
                "The " + format + " file ends before its image does. Send the complete file; the upload or an earlier"
                        + " copy may have been cut short.");
    }

    static ImageRejected damaged(ImageFormat format) {
        return new ImageRejected(
                Reason.DAMAGED,
                "The " + format + " file is damaged: its image cannot be read. Export it again from the original.");
    }

    static ImageRejected unsupportedPixels(ImageFormat format, String found) {
        return new ImageRejected(
                Reason.UNSUPPORTED_PIXELS,
                "The " + format + " file has " + found + ". Save the image with 8 or 16 bits per sample in grey, RGB or"
                        + " CMYK, for example as an ordinary PNG.");
    }

    public Reason reason() {
        return reason;
    }

    /** Why an upload is rejected; the list is closed, and its codes are part of the service's contract. */
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
}
