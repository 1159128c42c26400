package dev.blastscope.network.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.blastscope.image.SmearImage;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.network.NetworkInput;
import dev.blastscope.network.NoSuchDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** A graph from images to vectors in ONNX Runtime; safe for use by several threads until it is closed. */
final class OnnxSession implements AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;
    /** One for each pass that ever ran at the same time as others. */
    private final Queue<FloatBuffer> inputs = new ConcurrentLinkedQueue<>();

    /**
     * @throws NoSuchDevice if ONNX Runtime cannot be loaded
     * @throws IllegalStateException if it refuses the graph
     */
    OnnxSession(byte[] file) throws NoSuchDevice {
        environment = environment();
        try (SessionOptions options = options()) {
            session = environment.createSession(file, options);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses the network's graph: " + e.getMessage(), e);
        }
    }

    static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(NativeRuntime.threads());
        // Threads that spin while they wait starve each other as soon as anything else runs.
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }

    /**
     * One forward pass.
     *
     * @param outputs the names of the tensors that are asked for
     * @param reader is given each of them; the buffer is the reader's
     */
    void run(List<SmearImage> images, Set<String> outputs, BiConsumer<String, FloatBuffer> reader) {
        FloatBuffer planes = inputFor(images);
        long[] shape = {images.size(), 3, SmearImage.SIDE, SmearImage.SIDE};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, planes, shape);
                OrtSession.Result result = session.run(Map.of(BackboneGraph.IMAGES, input), outputs)) {
            for (Map.Entry<String, OnnxValue> output : result) {
                reader.accept(output.getKey(), ((OnnxTensor) output.getValue()).getFloatBuffer());
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed in a forward pass: " + e.getMessage(), e);
        } finally {
            inputs.offer(planes.clear());
        }
    }

    /** ONNX Runtime reads a direct buffer where it lies; one from the heap would be copied into new native memory. */
    private FloatBuffer inputFor(List<SmearImage> images) {
        int size = NetworkInput.size(images.size());
        FloatBuffer used = inputs.poll();
        FloatBuffer planes = used != null && used.capacity() >= size
                ? used
                : ByteBuffer.allocateDirect(size * Float.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        NetworkInput.planes(images, planes);
        return planes.limit(size);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed to free a network: " + e.getMessage(), e);
        }
    }

    static OrtEnvironment environment() throws NoSuchDevice {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | IllegalStateException e) {
            throw new NoSuchDevice(
                    "ONNX Runtime cannot be loaded. It unpacks its native library into java.io.tmpdir ("
                            + System.getProperty("java.io.tmpdir") + "), which must be writable, unless"
                            + " -Donnxruntime.native.path names a folder that holds it already; where this platform has"
                            + " none, set blastscope.engine=pytorch.",
                    e);
        }
    }
}
