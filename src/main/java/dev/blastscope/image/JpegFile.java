package dev.blastscope.image;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * A JPEG file taken apart into its segments. The codec is shown those that carry pixels and no others, so that a
 * profile, a preview or a comment is never parsed; and it is asked for samples as they are stored, so that the colours
 * are those of libjpeg and Pillow on every JDK.
 */
final class JpegFile {

    /** A progressive photograph has about ten; each one can cost the decoder a walk over the whole image. */
    private static final int MOST_SCANS = 32;

    private final byte[] bytes;
    private final ByteArrayOutputStream pixelSegments;
    private int at;
    private int scans;
    private boolean jfif;
    private boolean adobe;
    private boolean adobeTransform;
    private boolean namedRgb;
    private Orientation orientation = Orientation.UPRIGHT;

    private JpegFile(byte[] bytes) throws IOException, ImageRejected {
        this.bytes = bytes;
        pixelSegments = new ByteArrayOutputStream(bytes.length);
        int marker = nextMarker();
        while (marker != JpegMarker.EOI) {
            segment(marker);
            marker = nextMarker();
        }
        keep(at - 2);
    }

    static PixelRows read(byte[] bytes, ImageLimits limits) throws IOException, ImageRejected {
        JpegFile jpeg = new JpegFile(bytes);
        try (Codec codec = new Codec(ImageFormat.JPEG, jpeg.pixelSegments.toByteArray())) {
            codec.checkSides(limits);
            int step = ThinnedRows.step(codec.width(), codec.height());
            Raster raster = codec.raster(step);
            PixelRows rows = RasterRows.of(raster, jpeg.colours(raster.getNumBands()), jpeg.orientation);
            return step == 1 ? rows : jpeg.thinned(rows, codec.width(), codec.height());
        }
    }

    private PixelRows thinned(PixelRows rows, int width, int height) {
        boolean upright = orientation.keepsSides();
        return new ThinnedRows(rows, upright ? width : height, upright ? height : width);
    }

    private void segment(int marker) throws IOException, ImageRejected {
        int start = at - 2;
        if (JpegMarker.standsAlone(marker)) {
            keep(start);
            return;
        }
        int length = next() << 8 | next();
        if (length < 2) {
            throw new IIOException("a segment of negative length");
        }
        if (at + length - 2 > bytes.length) {
            throw new EOFException();
        }
        byte[] content = Arrays.copyOfRange(bytes, at, at + length - 2);
        at += content.length;
        if (JpegMarker.describes(marker)) {
            description(marker, content);
            return;
        }
        if (JpegMarker.beginsFrame(marker)) {
            frame(marker, content);
        } else if (marker == JpegMarker.SOS) {
            scan();
        }
        keep(start);
    }

    private void description(int marker, byte[] content) {
        if (marker == JpegMarker.APP0 && startsWith(content, "JFIF\0")) {
            jfif = true;
        } else if (marker == JpegMarker.APP1 && startsWith(content, "Exif\0\0")) {
            orientation = Exif.orientation(Arrays.copyOfRange(content, 6, content.length));
        } else if (marker == JpegMarker.APP14 && startsWith(content, "Adobe") && content.length >= 12) {
            adobe = true;
            adobeTransform = content[11] != 0;
        }
    }

    private void frame(int marker, byte[] content) throws IOException, ImageRejected {
        if (marker > JpegMarker.SOF2) {
            throw ImageRejected.unsupportedPixels(ImageFormat.JPEG, "lossless, hierarchical or arithmetic coding");
        }
        if (content.length < 6 || content.length < 6 + 3 * content[5]) {
            throw new IIOException("a frame header that is too short");
        }
        if (content[0] != 8) {
            throw ImageRejected.unsupportedPixels(ImageFormat.JPEG, content[0] + " bits per sample");
        }
        namedRgb = content[5] == 3 && content[6] == 'R' && content[9] == 'G' && content[12] == 'B';
    }

    private void scan() throws IOException {
        scans++;
        if (scans > MOST_SCANS) {
            throw new IIOException("more scans than any photograph has");
        }
        while (next() != 0xFF || JpegMarker.belongsToScan(peek())) {
            // Entropy-coded data ends at the first marker that is not part of it.
        }
        at--;
    }

    /** The colour space by libjpeg's rules; inks are inverted, which Pillow assumes of every JPEG as well. */
    private Colours colours(int bands) throws ImageRejected {
        return switch (bands) {
            case 1 -> Colours.GREY;
            case 3 -> !jfif && (adobe ? !adobeTransform : namedRgb) ? Colours.RGB : Colours.YCBCR;
            case 4 -> adobeTransform ? Colours.INVERTED_YCCK : Colours.INVERTED_CMYK;
            default -> throw ImageRejected.unsupportedPixels(ImageFormat.JPEG, bands + " samples per pixel");
        };
    }

    private int nextMarker() throws EOFException {
        int marker = 0;
        while (marker == 0) {
            while (next() != 0xFF) {
                // Stray bytes between segments carry nothing.
            }
            do {
                marker = next();
            } while (marker == 0xFF);
        }
        return marker;
    }

    private int next() throws EOFException {
        int value = peek();
        at++;
        return value;
    }

    private int peek() throws EOFException {
        if (at == bytes.length) {
            throw new EOFException();
        }
        return bytes[at] & 0xFF;
    }

    private void keep(int start) {
        pixelSegments.write(bytes, start, at - start);
    }

    private static boolean startsWith(byte[] content, String name) {
        return new String(content, 0, Math.min(content.length, name.length()), StandardCharsets.ISO_8859_1)
                .equals(name);
    }
}
