package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.Smears;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.onnx.ActivationRanges;
import dev.blastscope.network.onnx.QuantisedBackbone;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A model whose heads know a backbone in 8 bits is served with that backbone or not at all. */
class QuantisedModelLoadingIT {

    private static List<SmearImage> images = List.of();
    private static ModelFiles embedded = new ModelFiles(new byte[0], new byte[0], new byte[0]);
    private static QuantisedBackbone quantised = new QuantisedBackbone(new byte[0]);

    private final ModelStore store;

    QuantisedModelLoadingIT(@TempDir Path models) {
        store = new ModelStore(models);
    }

    @BeforeAll
    static void quantise() throws Exception {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        images = List.of(decoder.decode(Smears.png(Smears.benign(1))), decoder.decode(Smears.png(Smears.proB(2))));
        embedded = EmbeddedModel.open().files();
        BackboneWeights weights = BackboneWeights.read(embedded.backbone());
        quantised = QuantisedBackbone.of(weights, ActivationRanges.measure(weights, images, done -> {}));
    }

    @Test
    void itIsServedOnOnnxRuntime() throws Exception {
        String version = publish(Optional.of(quantised.file()), quantised.digest());
        try (ServingModel model = loader(Engine.AUTO).version(version)) {
            assertThat(model.predict(images)).hasSize(2);
        }
    }

    @Test
    void itIsRefusedOnPyTorchWithWhatToSet() {
        String version = publish(Optional.of(quantised.file()), quantised.digest());
        assertThatExceptionOfType(UnusableModel.class)
                .isThrownBy(() -> loader(Engine.PYTORCH).version(version))
                .withMessageContaining(version)
                .withMessageContaining("blastscope.engine=auto");
    }

    @Test
    void itIsRefusedWithAnotherBackboneOrNone() {
        for (String version : List.of(
                publish(Optional.of(quantised.file()), "sha256:" + "0".repeat(64)),
                publish(Optional.empty(), quantised.digest()))) {
            assertThatExceptionOfType(UnusableModel.class)
                    .isThrownBy(() -> loader(Engine.AUTO).version(version))
                    .withMessageContaining("which is not among the model's files");
        }
    }

    @Test
    void aModelInThirtyTwoBitsIsServedAlikeByBothEngines() throws Exception {
        try (ServingModel onnx = loader(Engine.ONNX).version(EmbeddedModel.VERSION);
                ServingModel pytorch = loader(Engine.PYTORCH).version(EmbeddedModel.VERSION)) {
            List<ReviewedPrediction> expected = pytorch.predict(images);
            List<ReviewedPrediction> predictions = onnx.predict(images);
            for (int i = 0; i < expected.size(); i++) {
                Map<?, Double> probabilities =
                        predictions.get(i).prediction().malignancy().values();
                expected.get(i).prediction().malignancy().values().forEach((side, probability) -> assertThat(
                                probabilities.get(side))
                        .isCloseTo(probability, within(1e-4)));
            }
        }
    }

    private ModelLoader loader(Engine engine) {
        return new ModelLoader(
                store, new NetworkEngine(DeviceChoice.CPU, engine), OptionalDouble.empty(), ReviewSettings.DEFAULT, 1);
    }

    private String publish(Optional<byte[]> file, String digest) {
        ObjectNode card = (ObjectNode) JsonMapper.shared().readTree(embedded.card());
        card.putObject("engine").put("name", "onnx").put("precision", "int8").put("quantisedBackbone", digest);
        byte[] json = JsonMapper.shared().writeValueAsBytes(card);
        return store.publish(version -> new ModelFiles(
                        embedded.backbone(),
                        embedded.heads(),
                        json,
                        file,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .toString();
    }
}
