package dev.blastscope.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A BMP file that holds its own pixels. */
final class BmpFile {

    private static final int HEADER_SIZE = 14;
    private static final int COMPRESSION = 30;
    private static final int HEADER_WITHOUT_COMPRESSION = 12;
    private static final int BI_BITFIELDS = 3;

    private BmpFile() {}

    static PixelRows read(byte[] bytes, ImageLimits limits) throws IOException, ImageRejected {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        // A JPEG or PNG inside would be decoded at its own size, which nobody has checked.
        if (file.getInt(HEADER_SIZE) > HEADER_WITHOUT_COMPRESSION && file.getInt(COMPRESSION) > BI_BITFIELDS) {
            throw ImageRejected.unsupportedPixels(ImageFormat.BMP, "another format's image inside");
        }
        try (Codec codec = new Codec(ImageFormat.BMP, bytes)) {
            codec.checkSides(limits);
            codec.checkSamples();
            return RasterRows.of(codec.image(), ImageFormat.BMP, Orientation.UPRIGHT);
        }
    }
}
