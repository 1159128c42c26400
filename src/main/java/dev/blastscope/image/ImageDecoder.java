package dev.blastscope.image;

import dev.blastscope.image.ImageRejected.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Turns the bytes of an upload into a validated image, or rejects them. Immutable and thread-safe. */
public final class ImageDecoder {

    private final ImageLimits limits;

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * The image in these bytes, which need no name and no type; the scale bar, if any, is still there.
     *
     * @param bytes a whole JPEG, PNG, BMP, TIFF (first page) or GIF (first frame) file; not kept
     * @throws ImageRejected if there is no such image within the limits, for one of the {@link Reason}s
     */
    public SmearImage decode(byte[] bytes) throws ImageRejected {
        limits.checkBytes(bytes.length);
        ImageFormat format = ImageFormat.of(bytes).orElseThrow(ImageDecoder::notAnImage);
        try {
            return SmearImage.squashed(pixels(bytes, format), format, bytes);
        } catch (EOFException | BufferUnderflowException e) {
            throw ImageRejected.truncated(format);
        } catch (IOException | RuntimeException e) {
            // Codecs meet hostile bytes with whatever exception their arithmetic leads to.
            throw ImageRejected.damaged(format);
        }
    }

    private PixelRows pixels(byte[] bytes, ImageFormat format) throws IOException, ImageRejected {
        return switch (format) {
            case JPEG -> JpegFile.read(bytes, limits);
            case PNG -> PngFile.read(bytes, limits);
            case BMP -> BmpFile.read(bytes, limits);
            case TIFF -> TiffFile.read(bytes, limits);
            case GIF -> GifFile.read(bytes, limits);
        };
    }

    private static ImageRejected notAnImage() {
        String accepted = Arrays.stream(ImageFormat.values()).map(Enum::name).collect(Collectors.joining(", "));
        return new ImageRejected(Reason.NOT_AN_IMAGE, "Unrecognised image format. Send one of: " + accepted + ".");
    }
}
