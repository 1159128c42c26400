package dev.blastscope.safetensors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes F32 safetensors files whose bytes depend on their content alone. */
final class SafetensorsWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private SafetensorsWriter() {}

    static byte[] write(Map<String, Tensor> tensors, Map<String, String> metadata) {
        SortedMap<String, Tensor> sorted = new TreeMap<>(tensors);
        sorted.forEach(SafetensorsWriter::check);
        byte[] header = header(sorted, new TreeMap<>(metadata));
        long size = sorted.values().stream().mapToLong(SafetensorsWriter::size).sum();
        ByteBuffer file = ByteBuffer.allocate(Math.toIntExact(SafetensorsHeader.PREFIX + header.length + size))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        for (Tensor tensor : sorted.values()) {
            file.asFloatBuffer().put(tensor.values());
            file.position(file.position() + (int) size(tensor));
        }
        return file.array();
    }

    private static void check(String name, Tensor tensor) {
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("No tensor may be called " + name);
        }
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("Tensor \"" + name + "\" holds " + value);
            }
        }
    }

    private static long size(Tensor tensor) {
        return (long) Float.BYTES * tensor.values().length;
    }

    private static byte[] header(SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectPropertyStart(SafetensorsHeader.METADATA);
                metadata.forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            long begin = 0;
            for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
                long end = begin + size(tensor.getValue());
                json.writeObjectPropertyStart(tensor.getKey());
                json.writeStringProperty("dtype", Tensor.Type.F32.name());
                json.writeName("shape");
                json.writeArray(tensor.getValue().shape(), 0, tensor.getValue().shape().length);
                json.writeName("data_offsets");
                json.writeArray(new long[] {begin, end}, 0, 2);
                json.writeEndObject();
                begin = end;
            }
            json.writeEndObject();
        }
        // Aligned to 8 bytes, so that readers which map the file can use the values in place.
        text.writeBytes(" ".repeat(-text.size() & 7).getBytes(StandardCharsets.US_ASCII));
        return text.toByteArray();
    }
}
