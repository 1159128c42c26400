package dev.blastscope.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import dev.blastscope.image.SmearImage;
import dev.blastscope.network.ServingNetwork.Output;
import dev.blastscope.safetensors.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network that trains, beside the one that serves. */
class MultitaskNetworkIT {

    private static final Shape INPUT = new Shape(1, 3, SmearImage.SIDE, SmearImage.SIDE);

    private final NDManager manager = NativeRuntime.newManager(Device.cpu());
    private final ParameterStore store = new ParameterStore(manager, false);

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void trainsAndServesTheSameFunction() throws Exception {
        List<SmearImage> images = Networks.drawings(4);
        MultitaskNetwork trained = network(Freeze.NONE);
        try (FoldedNetwork serving = new FoldedNetwork(Networks.backbone(), Networks.heads(1), Device.cpu())) {
            List<Output> served = serving.run(images);
            NDList logits = trained.forward(store, new NDList(ImageToTensor.toTensor(manager, images)), false);

            assertThat(logits).hasSize(2);
            assertThat(logits.get(0).getShape()).isEqualTo(new Shape(4, 2));
            assertThat(logits.get(1).getShape()).isEqualTo(new Shape(4, 3));
            for (int i = 0; i < 4; i++) {
                assertClose(served.get(i).logits().malignancy(), logits.get(0).get(i));
                assertClose(served.get(i).logits().subtype(), logits.get(1).get(i));
            }
        }
    }

    @Test
    void aBatchSaysOfEachImageWhatItSaysAlone() throws Exception {
        List<SmearImage> images = Networks.drawings(5);
        try (FoldedNetwork serving = new FoldedNetwork(Networks.backbone(), Networks.heads(1), Device.cpu())) {
            List<Output> together = serving.run(images);
            for (int i = 0; i < images.size(); i++) {
                Output alone = serving.run(List.of(images.get(i))).get(0);
                Output beside = together.get(i);
                assertThat(Networks.relativeDistance(alone.features(), beside.features()))
                        .isLessThan(1e-5);
                assertThat(Networks.relativeDistance(
                                alone.logits().malignancy(), beside.logits().malignancy()))
                        .isLessThan(1e-5);
                assertThat(Networks.relativeDistance(
                                alone.logits().subtype(), beside.logits().subtype()))
                        .isLessThan(1e-5);
            }
        }
    }

    @Test
    void theBlocksHaveThePublishedNamesAndShapes() throws Exception {
        ResNet50 backbone = new ResNet50(Freeze.NONE);
        backbone.initialize(manager, DataType.FLOAT32, INPUT);
        MultitaskHeads heads = new MultitaskHeads();
        heads.initialize(manager, DataType.FLOAT32, new Shape(1, ResNet50.FEATURES));

        assertShapes(ParameterNames.of(backbone), BackboneWeights.shapes());
        assertThat(BackboneWeights.shapes()).hasSize(265);
        assertShapes(ParameterNames.of(heads), HeadWeights.shapes());
        assertThat(backbone.getOutputShapes(new Shape[] {new Shape(2, 3, 224, 224)}))
                .containsExactly(new Shape(2, 2048));
    }

    @Test
    void weightsGoInAndOutUnchanged() throws Exception {
        MultitaskNetwork network = network(Freeze.BACKBONE);

        assertEqual(
                BackboneWeights.read(network.backboneWeights().toSafetensors()).tensors(),
                Networks.backbone().tensors());
        assertEqual(
                HeadWeights.read(network.headWeights().toSafetensors()).tensors(),
                Networks.heads(1).tensors());
    }

    @Test
    void dropoutActsInTrainingOnly() throws Exception {
        MultitaskNetwork network = network(Freeze.BACKBONE);
        List<SmearImage> image = Networks.drawings(1);

        assertThat(logits(network, image, false)).isEqualTo(logits(network, image, false));
        assertThat(logits(network, image, true)).isNotEqualTo(logits(network, image, true));
    }

    @ParameterizedTest
    @EnumSource(Freeze.class)
    void onlyTheBatchNormThatIsNotFrozenFollowsATrainingPass(Freeze freeze) throws Exception {
        MultitaskNetwork network = network(freeze);
        logits(network, Networks.drawings(2), true);

        Map<String, Tensor> after = network.backboneWeights().tensors();
        assertThat(Networks.backbone().tensors()).allSatisfy((name, before) -> assertThat(after)
                .hasEntrySatisfying(name, now -> assertThat(Arrays.equals(now.values(), before.values()))
                        .as("%s is as it was", name)
                        .isEqualTo(freeze.freezes(name) || !name.contains("running"))));
    }

    @ParameterizedTest
    @EnumSource(Freeze.class)
    void freezingMarksWhatAnOptimizerMayChange(Freeze freeze) throws Exception {
        MultitaskNetwork network = network(freeze);
        network.freeze();

        Map<String, Parameter> parameters = ParameterNames.of(network);
        assertThat(parameters).hasSize(265 + 8);
        parameters.forEach((name, parameter) -> assertThat(parameter.requiresGradient())
                .as(name)
                .isEqualTo(name.startsWith("heads.")
                        || (!freeze.freezes(name.replace("backbone.", "")) && !name.contains("running"))));
    }

    private MultitaskNetwork network(Freeze freeze) throws Exception {
        NativeRuntime.withoutGradients();
        MultitaskNetwork network = new MultitaskNetwork(manager, Networks.backbone(), Networks.heads(1), freeze);
        network.initialize(manager, DataType.FLOAT32, INPUT);
        return network;
    }

    private float[] logits(MultitaskNetwork network, List<SmearImage> images, boolean training) {
        try (NDManager scope = manager.newSubManager()) {
            return network.forward(store, new NDList(ImageToTensor.toTensor(scope, images)), training)
                    .get(0)
                    .toFloatArray();
        }
    }

    private static void assertClose(float[] served, NDArray trained) {
        assertThat(Networks.relativeDistance(served, trained.toFloatArray())).isLessThan(1e-5);
    }

    private static void assertShapes(Map<String, Parameter> parameters, Map<String, long[]> shapes) {
        assertThat(parameters.keySet()).containsExactlyElementsOf(shapes.keySet());
        shapes.forEach((name, shape) -> assertThat(parameters).hasEntrySatisfying(name, parameter -> assertThat(
                        parameter.getArray().getShape())
                .isEqualTo(new Shape(shape))));
    }

    private static void assertEqual(Map<String, Tensor> some, Map<String, Tensor> others) {
        assertThat(some.keySet()).isEqualTo(others.keySet());
        others.forEach((name, tensor) -> assertThat(some).hasEntrySatisfying(name, same -> {
            assertThat(same.shape()).isEqualTo(tensor.shape());
            assertThat(Arrays.equals(same.values(), tensor.values())).as(name).isTrue();
        }));
    }
}
