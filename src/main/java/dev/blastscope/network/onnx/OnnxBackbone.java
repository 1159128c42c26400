package dev.blastscope.network.onnx;

import dev.blastscope.image.SmearImage;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.NoSuchDevice;
import java.util.List;
import java.util.Set;

/** A frozen ResNet-50 on ONNX Runtime, on the CPU: images to (N, 2048) features. */
public final class OnnxBackbone implements FeatureExtractor {

    private final OnnxSession session;

    /** An fp32 backbone. */
    public OnnxBackbone(BackboneWeights weights) throws NoSuchDevice {
        this(BackboneGraph.of(weights, new Arithmetic.Floats()).toBytes());
    }

    /** An int8 backbone. */
    public OnnxBackbone(QuantisedBackbone backbone) throws NoSuchDevice {
        this(backbone.file());
    }

    private OnnxBackbone(byte[] file) throws NoSuchDevice {
        session = new OnnxSession(file);
    }

    /** Whether this platform has ONNX Runtime's native library, and it can be loaded. */
    public static boolean runtimeLoads() {
        try {
            OnnxSession.environment();
            return true;
        } catch (NoSuchDevice e) {
            return false;
        }
    }

    /** The version of ONNX Runtime. */
    public static String runtimeVersion() throws NoSuchDevice {
        return OnnxSession.environment().getVersion();
    }

    @Override
    public float[][] features(List<SmearImage> images) {
        float[][] features = new float[images.size()][FEATURES];
        session.run(images, Set.of(BackboneGraph.FEATURES), (name, flat) -> {
            for (float[] row : features) {
                flat.get(row);
            }
        });
        return features;
    }

    @Override
    public void close() {
        session.close();
    }
}
