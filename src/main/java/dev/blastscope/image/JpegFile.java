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
    private static final int MAX_SCANS = 32;

    private static final int SAMPLES_LEFT = 4;

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
        while (marker != Marker.EOI) {
            segment(marker);
            marker = nextMarker();
        }
        keep(at - 2);
    }

    static PixelRows read(byte[] bytes, ImageLimits limits) throws IOException, ImageRejected {
        JpegFile jpeg = new JpegFile(bytes);
        try (Codec codec = new Codec(ImageFormat.JPEG, jpeg.pixelSegments.toByteArray())) {
            codec.checkSides(limits);
            Raster raster = codec.raster(step(codec.width(), codec.height()));
            return RasterRows.of(
                    raster, jpeg.colours(raster.getNumBands()), jpeg.orientation, codec.width(), codec.height());
        }
    }

    /**
     * Which rows and columns of an image of this size are decoded: each, or of so many the middle one.
     *
     * <p>At least {@value #SAMPLES_LEFT} samples are left for each pixel of the result, in either direction: on camera
     * frames the result then differs from that of all samples by half a grey level on average. Odd steps keep the
     * middle of each square, so that nothing shifts. Decoding a frame of 21 million pixels takes a third of the time
     * and a ninth of the memory.
     */
    static int step(int width, int height) {
        int step = Math.min(width, height) / (SAMPLES_LEFT * SmearImage.SIDE);
        return step % 2 == 0 ? Math.max(1, step - 1) : step;
    }

    private void segment(int marker) throws IOException, ImageRejected {
        int start = at - 2;
        if (Marker.standsAlone(marker)) {
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
        if (Marker.describes(marker)) {
            description(marker, content);
            return;
        }
        if (Marker.beginsFrame(marker)) {
            frame(marker, content);
        } else if (marker == Marker.SOS) {
            scan();
        }
        keep(start);
    }

    private void description(int marker, byte[] content) {
        if (marker == Marker.APP0 && startsWith(content, "JFIF\0")) {
            jfif = true;
        } else if (marker == Marker.APP1 && startsWith(content, "Exif\0\0")) {
            orientation = Orientation.inExif(Arrays.copyOfRange(content, 6, content.length));
        } else if (marker == Marker.APP14 && startsWith(content, "Adobe") && content.length >= 12) {
            adobe = true;
            adobeTransform = content[11] != 0;
        }
    }

    private void frame(int marker, byte[] content) throws IOException, ImageRejected {
        if (marker > Marker.SOF2) {
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
        if (scans > MAX_SCANS) {
            throw new IIOException("more scans than any photograph has");
        }
        while (next() != 0xFF || Marker.belongsToScan(peek())) {
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

    /** The second byte of the markers that begin a JPEG file's segments (ITU-T T.81, table B.1). */
    private static final class Marker {

        static final int SOF2 = 0xC2;
        static final int EOI = 0xD9;
        static final int SOS = 0xDA;
        static final int APP0 = 0xE0;
        static final int APP1 = 0xE1;
        static final int APP14 = 0xEE;

        private static final int TEM = 0x01;
        private static final int SOF0 = 0xC0;
        private static final int DHT = 0xC4;
        private static final int JPG = 0xC8;
        private static final int DAC = 0xCC;
        private static final int SOF15 = 0xCF;
        private static final int RST0 = 0xD0;
        private static final int RST7 = 0xD7;
        private static final int SOI = 0xD8;
        private static final int APP15 = 0xEF;
        private static final int COM = 0xFE;

        private Marker() {}

        /** Whether the marker has no length and no content. */
        static boolean standsAlone(int marker) {
            return marker == SOI || marker == TEM || isRestart(marker);
        }

        /** Whether the segment says something about the image, but holds none of it. */
        static boolean describes(int marker) {
            return marker == COM || (marker >= APP0 && marker <= APP15);
        }

        static boolean beginsFrame(int marker) {
            return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
        }

        /** Whether the byte after an 0xFF leaves it inside a scan: a stuffed zero, a fill byte, a restart. */
        static boolean belongsToScan(int marker) {
            return marker == 0 || marker == 0xFF || isRestart(marker);
        }

        private static boolean isRestart(int marker) {
            return marker >= RST0 && marker <= RST7;
        }
    }
}
