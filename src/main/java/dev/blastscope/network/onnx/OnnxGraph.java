package dev.blastscope.network.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * A graph in the ONNX format, built node after node: every tensor has a name, and a node comes after those that feed
 * it.
 *
 * <p>Field numbers and types are those of <a
 * href="https://github.com/onnx/onnx/blob/v1.12.0/onnx/onnx.proto">onnx.proto </a>, IR version 7, operators of set 13.
 * Constants are not copied before {@link #toBytes}.
 */
public final class OnnxGraph {

    private static final int IR_VERSION = 7;
    private static final int OPERATOR_SET = 13;
    private static final String PRODUCER = "blastscope";

    /** The fields of ModelProto. */
    private static final int MODEL_IR_VERSION = 1;

    private static final int MODEL_PRODUCER = 2;
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_OPERATOR_SET = 8;
    private static final int MODEL_METADATA = 14;

    /** The fields of GraphProto. */
    private static final int GRAPH_NODE = 1;

    private static final int GRAPH_NAME = 2;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int GRAPH_INPUT = 11;
    private static final int GRAPH_OUTPUT = 12;

    /** TensorProto.DataType. */
    private static final int FLOAT = 1;

    private static final int UINT8 = 2;
    private static final int INT8 = 3;
    private static final int INT32 = 6;

    private final ProtoMessage graph = new ProtoMessage();

    private OnnxGraph() {}

    static OnnxGraph named(String name) {
        OnnxGraph onnx = new OnnxGraph();
        onnx.graph.with(GRAPH_NAME, name);
        return onnx;
    }

    /**
     * The graph of a file, to be continued.
     *
     * @throws IllegalArgumentException if the file is no ONNX model
     */
    static OnnxGraph parse(byte[] file) {
        try {
            List<ByteString> graphs =
                    UnknownFieldSet.parseFrom(file).getField(MODEL_GRAPH).getLengthDelimitedList();
            if (graphs.size() != 1) {
                throw new IllegalArgumentException("The file is no ONNX model: it has no graph.");
            }
            OnnxGraph onnx = new OnnxGraph();
            onnx.graph.withFieldsOf(graphs.get(0));
            return onnx;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("The file is no ONNX model.", e);
        }
    }

    /** The file's bytes; equal graphs give equal bytes. */
    public byte[] toBytes() {
        return toBytes(Map.of());
    }

    /** The file's bytes, with facts for its readers. */
    public byte[] toBytes(Map<String, String> metadata) {
        ProtoMessage model = new ProtoMessage()
                .with(MODEL_IR_VERSION, IR_VERSION)
                .with(MODEL_PRODUCER, PRODUCER)
                .with(MODEL_GRAPH, graph)
                .with(MODEL_OPERATOR_SET, new ProtoMessage().with(1, "").with(2, OPERATOR_SET));
        metadata.forEach((key, value) ->
                model.with(MODEL_METADATA, new ProtoMessage().with(1, key).with(2, value)));
        return model.toBytes();
    }

    /** Declares an input of float32, N times the given dimensions. */
    void input(String name, long... dimensions) {
        graph.with(GRAPH_INPUT, value(name, dimensions));
    }

    /** Declares an output of float32, N times the given dimensions. */
    void output(String name, long... dimensions) {
        graph.with(GRAPH_OUTPUT, value(name, dimensions));
    }

    /** The same graph with a further output, a tensor of float32. */
    OnnxGraph exposing(String name) {
        OnnxGraph onnx = new OnnxGraph();
        onnx.graph.withFieldsOf(graph);
        onnx.expose(name);
        return onnx;
    }

    /** Makes a tensor of float32 an output too. */
    void expose(String name) {
        graph.with(GRAPH_OUTPUT, value(name, new ProtoMessage().with(1, FLOAT)));
    }

    /** Adds a node with one output of its name. */
    String node(String operator, String name, List<String> inputs, ProtoMessage... attributes) {
        ProtoMessage node = new ProtoMessage();
        inputs.forEach(input -> node.with(1, input));
        node.with(2, name).with(3, name).with(4, operator);
        for (ProtoMessage attribute : attributes) {
            node.with(5, attribute);
        }
        graph.with(GRAPH_NODE, node);
        return name;
    }

    static ProtoMessage attribute(String name, long value) {
        return new ProtoMessage().with(1, name).with(3, value).with(20, 2);
    }

    static ProtoMessage attribute(String name, long[] values) {
        ProtoMessage attribute = new ProtoMessage().with(1, name);
        for (long value : values) {
            attribute.with(8, value);
        }
        return attribute.with(20, 7);
    }

    String floats(String name, float[] values, long... dimensions) {
        ByteBuffer bytes = littleEndian(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return constant(name, FLOAT, UnsafeByteOperations.unsafeWrap(bytes), dimensions);
    }

    String int32s(String name, int[] values, long... dimensions) {
        ByteBuffer bytes = littleEndian(Integer.BYTES * values.length);
        bytes.asIntBuffer().put(values);
        return constant(name, INT32, UnsafeByteOperations.unsafeWrap(bytes), dimensions);
    }

    String int8s(String name, byte[] values, long... dimensions) {
        return constant(name, INT8, UnsafeByteOperations.unsafeWrap(values), dimensions);
    }

    String uint8(String name, int value) {
        return constant(name, UINT8, ByteString.copyFrom(new byte[] {(byte) value}));
    }

    private String constant(String name, int type, ByteString values, long... dimensions) {
        ProtoMessage tensor = new ProtoMessage();
        for (long dimension : dimensions) {
            tensor.with(1, dimension);
        }
        graph.with(GRAPH_INITIALIZER, tensor.with(2, type).with(8, name).with(9, values));
        return name;
    }

    private static ProtoMessage value(String name, long... dimensions) {
        ProtoMessage shape = new ProtoMessage().with(1, new ProtoMessage().with(2, "N"));
        for (long dimension : dimensions) {
            shape.with(1, new ProtoMessage().with(1, dimension));
        }
        return value(name, new ProtoMessage().with(1, FLOAT).with(2, shape));
    }

    private static ProtoMessage value(String name, ProtoMessage tensorType) {
        return new ProtoMessage().with(1, name).with(2, new ProtoMessage().with(1, tensorType));
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
