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
import dev.blastscope.network.ServingNetwork.Output;
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
    void featuresAndLogitsOfTheWholeNetworkArePyTorchs() throws Exception {
        try (OnnxNetwork onnx = new OnnxNetwork(NetworkFile.of(backbone, Fixtures.heads()));
                FoldedNetwork pytorch = new FoldedNetwork(backbone, Fixtures.heads(), Device.cpu())) {
            List<Output> expected = pytorch.run(images);
            List<Output> outputs = onnx.run(images);
            for (int i = 0; i < expected.size(); i++) {
                Logits logits = expected.get(i).logits();
                assertThat(Fixtures.relativeDistance(
                                outputs.get(i).features(), expected.get(i).features()))
                        .isLessThan(TOLERANCE);
                assertThat(outputs.get(i).logits().malignancy()).containsExactly(logits.malignancy(), within(1e-4f));
                assertThat(outputs.get(i).logits().subtype()).containsExactly(logits.subtype(), within(1e-4f));
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
