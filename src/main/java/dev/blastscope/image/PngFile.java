package dev.blastscope.image;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.IIOException;

/**
 * A PNG file taken apart into its chunks. The codec is shown those that carry pixels and no others, so that a
 * compressed profile or text, which may be a bomb, is never opened; their checksums are verified, which the codec
 * leaves undone.
 */
final class PngFile {

    private static final int SIGNATURE = 8;
    private static final int NAME = 4;
    private static final int CRC = 4;
    private static final Set<String> PIXEL_CHUNKS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private final byte[] bytes;
    private final ByteArrayOutputStream pixelChunks;
    private Orientation orientation = Orientation.UPRIGHT;

    private PngFile(byte[] bytes) throws IOException {
        this.bytes = bytes;
        pixelChunks = new ByteArrayOutputStream(bytes.length);
        pixelChunks.write(bytes, 0, SIGNATURE);
        ByteBuffer chunks = ByteBuffer.wrap(bytes).position(SIGNATURE);
        String name = "";
        while (!name.equals("IEND")) {
            name = chunk(chunks);
        }
    }

    static PixelRows read(byte[] bytes, ImageLimits limits) throws IOException, ImageRejected {
        PngFile png = new PngFile(bytes);
        try (Codec codec = new Codec(ImageFormat.PNG, png.pixelChunks.toByteArray())) {
            codec.checkSides(limits);
            return RasterRows.of(codec.image(), ImageFormat.PNG, png.orientation);
        }
    }

    /** Reads one chunk (length, name, data, checksum) and returns its name. */
    private String chunk(ByteBuffer chunks) throws IOException {
        int start = chunks.position();
        int length = chunks.getInt();
        if (length < 0) {
            throw new IIOException("a chunk of negative length");
        }
        int data = start + 4 + NAME;
        if (length > bytes.length - data - CRC) {
            throw new EOFException();
        }
        String name = new String(bytes, start + 4, NAME, StandardCharsets.ISO_8859_1);
        int end = data + length;
        if (PIXEL_CHUNKS.contains(name)) {
            CRC32 crc = new CRC32();
            crc.update(bytes, start + 4, NAME + length);
            if ((int) crc.getValue() != chunks.getInt(end)) {
                throw new IIOException("a checksum that does not match");
            }
            pixelChunks.write(bytes, start, end + CRC - start);
        } else if (name.equals("eXIf")) {
            orientation = Orientation.inExif(Arrays.copyOfRange(bytes, data, end));
        }
        chunks.position(end + CRC);
        return name;
    }
}
