package dev.blastscope.safetensors;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The header of a safetensors file: its tensors by name, its metadata, and where the tensors' bytes start. */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata, int bodyStart) {

    static final String METADATA = "__metadata__";

    /** The bytes that hold the header's length, an unsigned little-endian number. */
    static final int PREFIX = Long.BYTES;

    /** The longest header that the format's own library reads, in bytes. */
    static final int MAX_LENGTH = 100_000_000;

    /** Reads and checks the whole header; what it allocates is bounded whatever the file claims. */
    static SafetensorsHeader parse(byte[] file) throws InvalidWeights {
        int length = length(file);
        if (file[PREFIX] != '{') {
            throw new InvalidWeights("The header must be a JSON object and begin with '{'.");
        }
        // A decoder of our own: Jackson would guess UTF-16 or UTF-32 from the bytes.
        Reader text = new InputStreamReader(
                new ByteArrayInputStream(file, PREFIX, length), StandardCharsets.UTF_8.newDecoder());
        HeaderParser json = HeaderParser.parse(text);
        checkLayout(json.tensors().values(), file.length - PREFIX - length);
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

    /** Checks that the tensors fill the bytes behind the header, each byte once. */
    private static void checkLayout(Collection<Entry> tensors, long available) throws InvalidWeights {
        for (Entry tensor : tensors) {
            checkSize(tensor, available);
        }
        checkOrder(tensors, available);
    }

    private static void checkSize(Entry tensor, long available) throws InvalidWeights {
        long begin = tensor.begin();
        long end = tensor.end();
        if (begin > end) {
            throw InvalidWeights.ofTensor(
                    tensor.name(), "ends at byte %d, before it begins at %d".formatted(end, begin));
        }
        if (end > available) {
            throw InvalidWeights.ofTensor(
                    tensor.name(), "ends at byte %d, but only %d bytes follow the header".formatted(end, available));
        }
        if (end - begin != tensor.size()) {
            throw InvalidWeights.ofTensor(
                    tensor.name(),
                    "has %d bytes from %d to %d, but %s %s needs %d"
                            .formatted(end - begin, begin, end, tensor.type(), tensor.shape(), tensor.size()));
        }
    }

    private static void checkOrder(Collection<Entry> tensors, long available) throws InvalidWeights {
        List<Entry> inOrder = tensors.stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
        long filled = 0;
        for (Entry tensor : inOrder) {
            if (tensor.begin() < filled) {
                throw InvalidWeights.ofTensor(
                        tensor.name(),
                        "overlaps another: it begins at byte %d, and the one before it ends at %d"
                                .formatted(tensor.begin(), filled));
            }
            if (tensor.begin() > filled) {
                throw InvalidWeights.ofTensor(
                        tensor.name(),
                        "leaves a hole: it begins at byte %d, and the one before it ends at %d"
                                .formatted(tensor.begin(), filled));
            }
            filled = tensor.end();
        }
        if (filled < available) {
            throw new InvalidWeights(
                    "The tensors end at byte %d, but %d bytes follow the header: the %d at the end belong to no tensor."
                            .formatted(filled, available, available - filled));
        }
    }

    /** One tensor as the header describes it; {@code begin} and {@code end} count bytes from the end of the header. */
    record Entry(String name, Tensor.Type type, List<Long> shape, long begin, long end) {

        long[] dimensions() {
            return shape.stream().mapToLong(Long::longValue).toArray();
        }

        /** The number of bytes that type and shape ask for. */
        long size() throws InvalidWeights {
            try {
                long size = type.bytes();
                for (long dimension : shape) {
                    size = Math.multiplyExact(size, dimension);
                }
                return size;
            } catch (ArithmeticException overflow) {
                throw InvalidWeights.ofTensor(name, "has a shape of more bytes than 63 bits can count: " + shape);
            }
        }
    }
}
