package dev.blastscope.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.EOFException;
import java.io.IOException;
import java.util.regex.Pattern;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.event.IIOReadUpdateListener;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The JDK's reader of one format at work on one file: it checks what it is asked to decode, and takes a warning that
 * pixels are missing for the failure that it is. Not thread-safe.
 */
final class Codec implements AutoCloseable {

    private static final int MAX_BANDS = 5;

    /** What readers say of lost pixels; libjpeg calls stray bytes between segments corrupt too, but loses nothing. */
    private static final Pattern CUT_SHORT = Pattern.compile("(?i)premature end|truncated");

    private static final Pattern LOST_PIXELS =
            Pattern.compile("(?i)corrupt jpeg data(?!: \\d+ extraneous)|out-of-sequence code");

    private final ImageFormat format;
    private final EncodedBytes stream;
    private final ImageReader reader;
    private boolean cutShort;
    private boolean lostPixels;

    Codec(ImageFormat format, byte[] bytes) {
        this.format = format;
        stream = new EncodedBytes(bytes);
        reader = ImageIO.getImageReadersByFormatName(format.label()).next();
        reader.setInput(stream, true, true);
        reader.addIIOReadWarningListener((source, warning) -> {
            cutShort |= CUT_SHORT.matcher(warning).find();
            lostPixels |= LOST_PIXELS.matcher(warning).find();
        });
    }

    int width() throws IOException {
        return reading(() -> reader.getWidth(0));
    }

    int height() throws IOException {
        return reading(() -> reader.getHeight(0));
    }

    /** Reads the header alone. */
    void checkSides(ImageLimits limits) throws IOException, ImageRejected {
        limits.checkSides(width(), height());
        long tile = reading(() -> (long) reader.getTileWidth(0) * reader.getTileHeight(0));
        if (tile > limits.maxPixels()) {
            throw new IIOException("tiles larger than any image that is accepted");
        }
    }

    /** Refuses samples other than 8 or 16 bits of light or ink, and more of them than a colour with alpha has. */
    void checkSamples() throws IOException, ImageRejected {
        ImageTypeSpecifier type = reading(() -> reader.getRawImageType(0));
        SampleModel samples = type.getSampleModel();
        boolean packed = samples.getNumDataElements() < samples.getNumBands();
        int kind = samples.getDataType();
        if (!packed && kind != DataBuffer.TYPE_BYTE && kind != DataBuffer.TYPE_USHORT) {
            throw ImageRejected.unsupportedPixels(format, "signed, 32-bit or floating-point samples");
        }
        if (samples.getNumBands() > MAX_BANDS) {
            throw ImageRejected.unsupportedPixels(format, samples.getNumBands() + " samples per pixel");
        }
    }

    void listen(IIOReadUpdateListener listener) {
        reader.addIIOReadUpdateListener(listener);
    }

    BufferedImage image() throws IOException {
        return reading(() -> reader.read(0));
    }

    /**
     * The samples as they are stored, in whatever colour space that is.
     *
     * @param step of so many rows and columns only the middle one is kept; odd
     */
    Raster raster(int step) throws IOException {
        ImageReadParam thinned = reader.getDefaultReadParam();
        thinned.setSourceSubsampling(step, step, step / 2, step / 2);
        return reading(() -> reader.readRaster(0, thinned));
    }

    private <T> T reading(Step<T> step) throws IOException {
        try {
            T result = step.run();
            if (lostPixels || cutShort) {
                throw new IIOException("pixels are missing");
            }
            return result;
        } catch (IOException | RuntimeException e) {
            if (stream.ranOut() || cutShort) {
                throw new EOFException();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        reader.dispose();
    }

    /** Something that a reader does. */
    private interface Step<T> {
        T run() throws IOException;
    }

    /**
     * Encoded bytes as a reader takes them: in place, never through a temporary file, and knowing when they ran out.
     */
    private static final class EncodedBytes extends ImageInputStreamImpl {

        private final byte[] bytes;
        private boolean ranOut;

        EncodedBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Whether the reader has asked for more than there was. */
        boolean ranOut() {
            return ranOut;
        }

        @Override
        public int read() {
            bitOffset = 0;
            if (exhausted()) {
                return -1;
            }
            return bytes[(int) streamPos++] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            bitOffset = 0;
            if (length == 0) {
                return 0;
            }
            if (exhausted()) {
                return -1;
            }
            int count = (int) Math.min(length, bytes.length - streamPos);
            System.arraycopy(bytes, (int) streamPos, target, offset, count);
            streamPos += count;
            return count;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        private boolean exhausted() {
            boolean exhausted = streamPos >= bytes.length;
            ranOut |= exhausted;
            return exhausted;
        }
    }
}
