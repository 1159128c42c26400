package dev.blastscope.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A BMP file that holds its own pixels. */
final class BmpFile {

    private static final int INFO_HEADER = 14;
    private static final int HEADER_WITHOUT_COMPRESSION = 12;
    private static final int BI_BITFIELDS = 3;

    private BmpFile() {}

    static PixelRows read(byte[] bytes, ImageLimits limits) throws IOException, ImageRejected {
        if (compression(bytes) > BI_BITFIELDS) {
            // A JPEG or PNG inside would be decoded at its own size, which nobody has checked.
            throw ImageRejected.unsupportedPixels(ImageFormat.BMP, "another format's image inside");
        }
        try (Codec codec = new Codec(ImageFormat.BMP, bytes)) {
            codec.checkSides(limits);
            codec.checkSamples();
            return RasterRows.of(codec.image(), ImageFormat.BMP, Orientation.UPRIGHT);
        }
    }

    private static int compression(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.position(Math.min(INFO_HEADER, file.limit()));
        if (file.getInt() == HEADER_WITHOUT_COMPRESSION) {
            return 0;
        }
        file.getLong(); // width and height
        file.getInt(); // planes and bits per pixel
        return file.getInt();
    }
}
