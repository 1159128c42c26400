package dev.blastscope.image;

import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadUpdateListener;

/** The first frame of a GIF file, laid where it belongs on a white screen as large as the file says. */
final class GifFile {

    private static final int SCREEN = 6;
    private static final int COLOUR_TABLE = 13;
    private static final int HAS_COLOUR_TABLE = 0x80;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2C;

    private final int width;
    private final int height;
    private final int left;
    private final int top;

    private GifFile(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(SCREEN);
        int screenWidth = number(file);
        int screenHeight = number(file);
        int flags = file.get();
        int colours = (flags & HAS_COLOUR_TABLE) == 0 ? 0 : 2 << (flags & 7);
        skipTo(file, COLOUR_TABLE + 3 * colours);
        int block = file.get();
        while (block == EXTENSION) {
            skipExtension(file);
            block = file.get();
        }
        if (block != FRAME) {
            throw new IIOException("no frame");
        }
        left = number(file);
        top = number(file);
        width = Math.max(screenWidth, left + number(file));
        height = Math.max(screenHeight, top + number(file));
    }

    static PixelRows read(byte[] bytes, ImageLimits limits) throws IOException, ImageRejected {
        GifFile gif = new GifFile(bytes);
        limits.checkSides(gif.width, gif.height);
        try (Codec codec = new Codec(ImageFormat.GIF, bytes)) {
            codec.checkSides(limits.withMinSide(1));
            RowCount rows = new RowCount();
            codec.listen(rows);
            BufferedImage frame = codec.image();
            if (rows.count() < frame.getHeight()) {
                throw new EOFException();
            }
            return gif.onScreen(RasterRows.of(frame, ImageFormat.GIF, Orientation.UPRIGHT));
        }
    }

    private PixelRows onScreen(PixelRows frame) {
        byte[] screen = new byte[width * height * 3];
        Arrays.fill(screen, (byte) 255);
        byte[] row = new byte[frame.width() * 3];
        for (int y = 0; y < frame.height(); y++) {
            frame.read(y, row);
            System.arraycopy(row, 0, screen, ((top + y) * width + left) * 3, row.length);
        }
        return new PixelRows.InMemory(screen, width, height, 3);
    }

    private static void skipExtension(ByteBuffer file) {
        file.get();
        int length = Byte.toUnsignedInt(file.get());
        while (length > 0) {
            skipTo(file, file.position() + length);
            length = Byte.toUnsignedInt(file.get());
        }
    }

    private static void skipTo(ByteBuffer file, int position) {
        file.position(Math.min(position, file.limit()));
    }

    private static int number(ByteBuffer file) {
        return Short.toUnsignedInt(file.getShort());
    }

    /** Counts the rows that a reader really decodes; the JDK's GIF reader calls an image complete that lacks some. */
    private static final class RowCount implements IIOReadUpdateListener {

        private int count;

        int count() {
            return count;
        }

        @Override
        public void imageUpdate(
                ImageReader reader,
                BufferedImage image,
                int minX,
                int minY,
                int width,
                int height,
                int periodX,
                int periodY,
                int[] bands) {
            count += height;
        }

        @Override
        public void passStarted(
                ImageReader reader,
                BufferedImage image,
                int pass,
                int minPass,
                int maxPass,
                int minX,
                int minY,
                int periodX,
                int periodY,
                int[] bands) {}

        @Override
        public void passComplete(ImageReader reader, BufferedImage image) {}

        @Override
        public void thumbnailPassStarted(
                ImageReader reader,
                BufferedImage thumbnail,
                int pass,
                int minPass,
                int maxPass,
                int minX,
                int minY,
                int periodX,
                int periodY,
                int[] bands) {}

        @Override
        public void thumbnailUpdate(
                ImageReader reader,
                BufferedImage thumbnail,
                int minX,
                int minY,
                int width,
                int height,
                int periodX,
                int periodY,
                int[] bands) {}

        @Override
        public void thumbnailPassComplete(ImageReader reader, BufferedImage thumbnail) {}
    }
}
