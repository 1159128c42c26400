package dev.blastscope.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Safetensors files put together by hand, so that they can be wrong. */
final class SafetensorsFiles {

    private SafetensorsFiles() {}

    static byte[] file(String header, byte... body) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return file(text.length, text, body);
    }

    static byte[] file(long length, byte[] header, byte... body) {
        return ByteBuffer.allocate(Long.BYTES + header.length + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .put(body)
                .array();
    }

    /** One tensor called {@code w}. */
    static byte[] oneTensor(String dtype, String shape, byte... body) {
        return file(
                "{\"w\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[0,%d]}}".formatted(dtype, shape, body.length),
                body);
    }
}
