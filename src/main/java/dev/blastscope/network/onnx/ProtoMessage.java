package dev.blastscope.network.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A protobuf message by field numbers, written in the order in which its fields were added. */
final class ProtoMessage {

    private final List<Field> fields = new ArrayList<>();

    ProtoMessage with(int number, long value) {
        fields.add(new Varint(number, value));
        return this;
    }

    ProtoMessage with(int number, String value) {
        return with(number, ByteString.copyFromUtf8(value));
    }

    ProtoMessage with(int number, ByteString value) {
        fields.add(new Bytes(number, value));
        return this;
    }

    ProtoMessage with(int number, ProtoMessage value) {
        fields.add(new Nested(number, value));
        return this;
    }

    ProtoMessage withFieldsOf(ProtoMessage other) {
        fields.addAll(other.fields);
        return this;
    }

    /** Adds the fields of a message that is encoded already. */
    ProtoMessage withFieldsOf(ByteString message) {
        fields.add(new Encoded(message));
        return this;
    }

    byte[] toBytes() {
        byte[] bytes = new byte[size()];
        try {
            write(CodedOutputStream.newInstance(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("An array took fewer bytes than were counted", e);
        }
        return bytes;
    }

    private int size() {
        return fields.stream().mapToInt(Field::size).reduce(0, Math::addExact);
    }

    private void write(CodedOutputStream out) throws IOException {
        for (Field field : fields) {
            field.write(out);
        }
    }

    private sealed interface Field {

        int size();

        void write(CodedOutputStream out) throws IOException;
    }

    private record Varint(int number, long value) implements Field {

        @Override
        public int size() {
            return CodedOutputStream.computeInt64Size(number, value);
        }

        @Override
        public void write(CodedOutputStream out) throws IOException {
            out.writeInt64(number, value);
        }
    }

    private record Bytes(int number, ByteString value) implements Field {

        @Override
        public int size() {
            return CodedOutputStream.computeBytesSize(number, value);
        }

        @Override
        public void write(CodedOutputStream out) throws IOException {
            out.writeBytes(number, value);
        }
    }

    private record Nested(int number, ProtoMessage value) implements Field {

        private static final int LENGTH_DELIMITED = 2;

        @Override
        public int size() {
            int size = value.size();
            return CodedOutputStream.computeTagSize(number) + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
        }

        @Override
        public void write(CodedOutputStream out) throws IOException {
            out.writeTag(number, LENGTH_DELIMITED);
            out.writeUInt32NoTag(value.size());
            value.write(out);
        }
    }

    private record Encoded(ByteString message) implements Field {

        @Override
        public int size() {
            return message.size();
        }

        @Override
        public void write(CodedOutputStream out) throws IOException {
            out.writeRawBytes(message);
        }
    }
}
