package dev.blastscope.network;

import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.safetensors.Safetensors;
import dev.blastscope.safetensors.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A safetensors file of which single tensors can be exchanged for ones that no honest program writes. */
final class BackboneFile {

    private final Map<String, Entry> entries = new TreeMap<>();

    static BackboneFile read(byte[] safetensors) throws InvalidWeights {
        BackboneFile file = new BackboneFile();
        Safetensors tensors = Safetensors.parse(safetensors);
        for (String name : tensors.names()) {
            file.putBfloat16OrF32(name, new Tensor(tensors.shape(name), tensors.floats(name)), false);
        }
        return file;
    }

    BackboneFile copy() {
        BackboneFile copy = new BackboneFile();
        copy.entries.putAll(entries);
        return copy;
    }

    BackboneFile asBfloat16() throws InvalidWeights {
        BackboneFile file = new BackboneFile();
        Safetensors tensors = Safetensors.parse(bytes());
        for (String name : tensors.names()) {
            file.putBfloat16OrF32(name, new Tensor(tensors.shape(name), tensors.floats(name)), true);
        }
        return file;
    }

    void put(String name, String type, long[] shape, byte[] body) {
        entries.put(name, new Entry(type, shape, body));
    }

    void remove(String name) {
        entries.remove(name);
    }

    long[] shape(String name) {
        return entry(name).shape;
    }

    int elements(String name) {
        return (int) Arrays.stream(shape(name)).reduce(1, (a, b) -> a * b);
    }

    byte[] bytes() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String header = entries.entrySet().stream()
                .map(entry -> {
                    int from = body.size();
                    body.writeBytes(entry.getValue().body);
                    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(
                                    entry.getKey(),
                                    entry.getValue().type,
                                    Arrays.toString(entry.getValue().shape),
                                    from,
                                    body.size());
                })
                .collect(Collectors.joining(",", "{", "}"));
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + body.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(body.toByteArray())
                .array();
    }

    private void putBfloat16OrF32(String name, Tensor tensor, boolean bfloat16) {
        int size = bfloat16 ? Short.BYTES : Float.BYTES;
        ByteBuffer body = ByteBuffer.allocate(size * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : tensor.values()) {
            if (bfloat16) {
                body.putShort((short) (Float.floatToIntBits(value) >> 16));
            } else {
                body.putFloat(value);
            }
        }
        put(name, bfloat16 ? "BF16" : "F32", tensor.shape(), body.array());
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(name);
        }
        return entry;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(String type, long[] shape, byte[] body) {}
}
