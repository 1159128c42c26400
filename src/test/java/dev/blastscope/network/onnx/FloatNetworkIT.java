package dev.blastscope.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.blastscope.image.SmearImage;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.FoldedBackbone;
import dev.blastscope.network.FoldedNetwork;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingNetwork.Logits;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On ONNX Runtime the network says what it says on PyTorch. */
class FloatNetworkIT {

    private static final double TOLERANCE = 1e-5;

    private static BackboneWeights backbone;
    private static List<SmearImage> images;

    @BeforeAll
    static void read() throws Exception {
        backbone = Fixtures.backbone();
        images = Fixtures.drawings(5);
    }

    @Test
    void featuresArePyTorchs() throws NoSuchDevice {
        try (OnnxBackbone onnx = new OnnxBackbone(backbone);
                FoldedBackbone pytorch = new FoldedBackbone(backbone, Device.cpu())) {
            float[][] expected = pytorch.features(images);
            float[][] features = onnx.features(images);
            for (int i = 0; i < expected.length; i++) {
                assertThat(Fixtures.relativeDistance(features[i], expected[i])).isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void logitsArePyTorchs() throws Exception {
        try (OnnxNetwork onnx = new OnnxNetwork(NetworkFile.of(backbone, Fixtures.heads()));
                FoldedNetwork pytorch = new FoldedNetwork(backbone, Fixtures.heads(), Device.cpu())) {
            List<Logits> expected = pytorch.classify(images);
            List<Logits> logits = onnx.classify(images);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(logits.get(i).malignancy())
                        .containsExactly(expected.get(i).malignancy(), within(1e-4f));
                assertThat(logits.get(i).subtype())
                        .containsExactly(expected.get(i).subtype(), within(1e-4f));
            }
        }
    }

    @Test
    void anImageSeesNothingOfItsBatch() throws NoSuchDevice {
        try (OnnxBackbone onnx = new OnnxBackbone(backbone)) {
            float[][] together = onnx.features(images);
            for (int i = 0; i < together.length; i++) {
                float[] alone = onnx.features(List.of(images.get(i)))[0];
                assertThat(Fixtures.relativeDistance(together[i], alone)).isLessThan(TOLERANCE);
            }
        }
    }
}
