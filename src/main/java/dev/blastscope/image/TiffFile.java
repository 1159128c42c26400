package dev.blastscope.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.IIOException;

/** The first page of a TIFF file. */
final class TiffFile {

    private static final int FIRST_DIRECTORY = 4;

    private TiffFile() {}

    static PixelRows read(byte[] bytes, ImageLimits limits) throws IOException, ImageRejected {
        checkTags(bytes);
        try (Codec codec = new Codec(ImageFormat.TIFF, bytes)) {
            codec.checkSides(limits);
            codec.checkSamples();
            return RasterRows.of(codec.image(), ImageFormat.TIFF, Orientation.inExif(bytes));
        }
    }

    /** The format forbids a tag to come twice; thousands that all point at the same megabytes would be read each. */
    private static void checkTags(byte[] bytes) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(bytes)
                .order(bytes[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .position(FIRST_DIRECTORY);
        long directory = Integer.toUnsignedLong(file.getInt());
        file.position((int) Math.min(directory, file.limit()));
        int entries = Short.toUnsignedInt(file.getShort());
        Set<Short> tags = new HashSet<>();
        for (int i = 0; i < entries; i++) {
            if (!tags.add(file.getShort())) {
                throw new IIOException("a tag that comes twice");
            }
            file.getShort(); // its type
            file.getLong(); // its count and its value
        }
    }
}
