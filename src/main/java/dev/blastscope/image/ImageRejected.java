package dev.blastscope.image;

/**
 * An upload that did not become an image; the message names the rule, the measured value and the way out, and may be
 * shown to whoever sent it. It carries no stack trace, because a refusal is an answer rather than a fault.
 */
public final class ImageRejected extends Exception {

    private final Reason reason;

    ImageRejected(Reason reason, String message) {
        super(message, null, false, false);
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
                "The " + format + " file holds " + found + ". Save the image with 8 or 16 bits a sample in grey, RGB or"
                        + " CMYK, for example as an ordinary PNG.");
    }

    public Reason reason() {
        return reason;
    }
}
