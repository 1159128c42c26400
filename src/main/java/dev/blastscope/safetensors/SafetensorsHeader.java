package dev.blastscope.safetensors;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The header of a safetensors file: its tensors by name, its metadata, and where the tensors' bytes start. */
record SafetensorsHeader(Map<String, TensorEntry> tensors, Map<String, String> metadata, int bodyStart) {

    static final String METADATA = "__metadata__";

    /** The bytes that hold the header's length, an unsigned little-endian number. */
    static final int PREFIX = Long.BYTES;

    /** The longest header that the format's own library reads, in bytes. */
    static final int MAX_LENGTH = 100_000_000;

    /** Reads and checks the whole header; what it allocates is bounded whatever the file claims. */
    static SafetensorsHeader read(byte[] file) throws InvalidWeights {
        int length = length(file);
        if (file[PREFIX] != '{') {
            throw new InvalidWeights("The header must be a JSON object and begin with '{'.");
        }
        // A decoder of our own: Jackson would guess UTF-16 or UTF-32 from the bytes.
        Reader text = new InputStreamReader(
                new ByteArrayInputStream(file, PREFIX, length), StandardCharsets.UTF_8.newDecoder());
        HeaderParser json = HeaderParser.parse(text);
        TensorLayout.check(json.tensors().values(), file.length - PREFIX - length);
        return new SafetensorsHeader(json.tensors(), json.metadata(), PREFIX + length);
    }

    private static int length(byte[] file) throws InvalidWeights {
        if (file.length < PREFIX) {
            throw new InvalidWeights(
                    "A safetensors file has at least %d bytes, and this one has %d.".formatted(PREFIX, file.length));
        }
        long length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length == 0) {
            throw new InvalidWeights("The header's length is 0, so there is no header.");
        }
        if (length < 0 || length > MAX_LENGTH) {
            throw new InvalidWeights(
                    "The header claims %s bytes, and at most %d are allowed: is this a safetensors file?"
                            .formatted(Long.toUnsignedString(length), MAX_LENGTH));
        }
        if (length > file.length - PREFIX) {
            throw new InvalidWeights("The header claims %d bytes, but only %d follow its length: the file is cut short."
                    .formatted(length, file.length - PREFIX));
        }
        return (int) length;
    }
}
