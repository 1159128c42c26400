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
import dev.blastscope.modelstore.Precision;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.engine.PrecisionChoice;
import dev.blastscope.network.onnx.ActivationRanges;
import dev.blastscope.network.onnx.QuantisedBackbone;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A model that has heads for 8 bits too is served with these where it can be, and with the very backbone they know. */
class QuantisedModelLoadingIT {

    private static List<SmearImage> images = List.of();
    private static ModelFiles embedded = new ModelFiles(new byte[0], new byte[0], new byte[0]);
    private static ActivationRanges ranges = new ActivationRanges(new float[ActivationRanges.ENDS]);
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
        ranges = ActivationRanges.measure(weights, images, done -> {});
        quantised = QuantisedBackbone.of(weights, ranges);
    }

    @Test
    void itIsServedOnOnnxRuntime() throws Exception {
        String version = publish(Optional.of(ranges), quantised.digest());
        for (PrecisionChoice precision : List.of(PrecisionChoice.AUTO, PrecisionChoice.INT8)) {
            try (ServingModel model = loader(Engine.AUTO, precision).version(version)) {
                assertThat(model.identity().precision()).isEqualTo(Precision.INT8);
                assertThat(model.digest()).isEqualTo(digest(version, Precision.INT8));
                assertThat(model.predict(images)).hasSize(2);
            }
        }
    }

    @Test
    void inFloatsItIsServedWhereEightBitsAreNotWantedOrCannotBeHad() throws Exception {
        String version = publish(Optional.of(ranges), quantised.digest());
        for (ModelLoader loader :
                List.of(loader(Engine.AUTO, PrecisionChoice.FP32), loader(Engine.PYTORCH, PrecisionChoice.AUTO))) {
            try (ServingModel model = loader.version(version)) {
                assertThat(model.identity().precision()).isEqualTo(Precision.FP32);
                assertThat(model.digest()).isEqualTo(digest(version, Precision.FP32));
                assertThat(model.versionDigest()).isEqualTo(store.open(version).digest());
            }
        }
    }

    @Test
    void whatAnsweredOnceIsFoundByItsDigest() throws Exception {
        String version = publish(Optional.of(ranges), quantised.digest());
        ModelLoader loader = loader(Engine.AUTO, PrecisionChoice.AUTO);
        for (Precision precision : Precision.values()) {
            try (ServingModel model =
                    loader.rendition(version, digest(version, precision)).orElseThrow()) {
                assertThat(model.identity().precision()).isEqualTo(precision);
            }
        }
        assertThat(loader.rendition(version, store.open(version).digest())).isEmpty();
    }

    @Test
    void eightBitsAreRefusedOnPyTorchWithWhatToSet() {
        String version = publish(Optional.of(ranges), quantised.digest());
        assertThatExceptionOfType(UnusableModel.class)
                .isThrownBy(() -> loader(Engine.PYTORCH, PrecisionChoice.AUTO)
                        .rendition(version, digest(version, Precision.INT8)))
                .withMessageContaining(version)
                .withMessageContaining("blastscope.engine=auto");
    }

    @Test
    void itIsRefusedWithAnotherBackboneOrNone() {
        for (String version : List.of(
                publish(Optional.of(ranges), "sha256:" + "0".repeat(64)),
                publish(Optional.empty(), quantised.digest()))) {
            assertThatExceptionOfType(UnusableModel.class)
                    .isThrownBy(() -> loader(Engine.AUTO, PrecisionChoice.AUTO).version(version))
                    .withMessageContaining("which the model's files do not make");
        }
    }

    @Test
    void aModelInThirtyTwoBitsIsServedAlikeByBothEngines() throws Exception {
        try (ServingModel onnx = loader(Engine.ONNX, PrecisionChoice.FP32).version(EmbeddedModel.VERSION);
                ServingModel pytorch =
                        loader(Engine.PYTORCH, PrecisionChoice.FP32).version(EmbeddedModel.VERSION)) {
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

    private String digest(String version, Precision precision) throws Exception {
        return Objects.requireNonNull(store.open(version).renditions().get(precision))
                .digest();
    }

    private ModelLoader loader(Engine engine, PrecisionChoice precision) {
        return new ModelLoader(
                store,
                new NetworkEngine(DeviceChoice.CPU, engine, precision),
                OptionalDouble.empty(),
                ReviewSettings.DEFAULT,
                1);
    }

    private String publish(Optional<ActivationRanges> known, String digest) {
        ObjectNode card = (ObjectNode) JsonMapper.shared().readTree(embedded.card());
        card.putObject("engine").put("name", "onnx").put("precision", "int8").put("quantisedBackbone", digest);
        byte[] json = JsonMapper.shared().writeValueAsBytes(card);
        ModelFiles int8 = new ModelFiles(
                embedded.backbone(),
                embedded.heads(),
                json,
                known.map(ActivationRanges::toSafetensors),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        ModelFiles fp32 = new ModelFiles(embedded.backbone(), embedded.heads(), embedded.card());
        return store.publish(version -> Map.of(Precision.FP32, fp32, Precision.INT8, int8))
                .toString();
    }
}
