package dev.blastscope.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.network.onnx.NetworkFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one test that matters of a network written anew: its features are PyTorch's, feature by feature.
 *
 * <p>The golden values are the sum, the Euclidean norm and the first 16 of the 2,048 features, printed by
 * {@code bench/backbone/resnet50_reference.py}.
 */
class PyTorchParityIT {

    private static final double TOLERANCE = 1e-5;
    private static final Shape INPUT = new Shape(1, 3, SmearImage.SIDE, SmearImage.SIDE);

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @Test
    void theOwnBackboneOnDrawings() throws Exception {
        compare(
                Networks.backbone(),
                golden("golden-drawings.json"),
                name -> Files.readAllBytes(Path.of("src/test/resources/golden/drawings", name)));
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "BLASTSCOPE_DATA",
            matches = ".+",
            disabledReason = "compares with PyTorch on real smears")
    void theOwnBackboneOnRealSmears() throws Exception {
        compare(Networks.backbone(), golden("golden-blastscope-backbone.json"), PyTorchParityIT::realImage);
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "BLASTSCOPE_DATA",
            matches = ".+",
            disabledReason = "compares with PyTorch on real smears and ImageNet weights")
    void theImageNetBackboneOnRealSmears() throws Exception {
        Path weights = Path.of(System.getenv("BLASTSCOPE_DATA"), "..", "weights", "resnet50-imagenet.safetensors");
        compare(
                BackboneWeights.read(Files.readAllBytes(weights)),
                golden("golden-resnet50-imagenet.json"),
                PyTorchParityIT::realImage);
    }

    private void compare(BackboneWeights weights, JsonNode golden, Source images) throws Exception {
        try (NDManager manager = NativeRuntime.newManager(Device.cpu());
                FoldedBackbone folded = new FoldedBackbone(weights, Device.cpu());
                OrtSession onnx = onnx(weights)) {
            ResNet50 unfolded = new ResNet50(Freeze.BACKBONE);
            ParameterNames.load(manager, unfolded, weights.tensors());
            unfolded.initialize(manager, DataType.FLOAT32, INPUT);
            ParameterStore store = new ParameterStore(manager, false);
            for (JsonNode expected : golden) {
                String name = expected.get("image").asString();
                SmearImage image = decoder.decode(images.bytes(name));
                try (NDManager scope = manager.newSubManager()) {
                    float[] plain = unfolded.forward(
                                    store, new NDList(ImageToTensor.normalise(scope, List.of(image))), false)
                            .singletonOrThrow()
                            .toFloatArray();
                    float[] fast = folded.forward(ImageToTensor.normalise(scope, List.of(image)))
                            .toFloatArray();
                    float[] exported = onnxFeatures(onnx, image);
                    assertFeatures(name + ", unfolded", plain, expected);
                    assertFeatures(name + ", folded", fast, expected);
                    assertFeatures(name + ", exported to ONNX", exported, expected);
                    assertThat(Networks.relativeDistance(fast, plain)).as(name).isLessThan(TOLERANCE);
                }
            }
        }
    }

    private static OrtSession onnx(BackboneWeights weights) throws Exception {
        HeadWeights heads = HeadWeights.read(EmbeddedModel.open().files().heads());
        byte[] file = NetworkFile.of(weights, heads).toBytes(Map.of());
        return OrtEnvironment.getEnvironment().createSession(file);
    }

    private static float[] onnxFeatures(OrtSession onnx, SmearImage image) throws OrtException {
        FloatBuffer planes = FloatBuffer.allocate(NetworkInput.size(1));
        NetworkInput.normalisedPlanes(List.of(image), planes);
        try (OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), planes, INPUT.getShape());
                OrtSession.Result result = onnx.run(Map.of("images", input), Set.of("features"))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
        }
    }

    private static void assertFeatures(String what, float[] features, JsonNode expected) {
        double sum = 0;
        double squares = 0;
        for (float feature : features) {
            sum += feature;
            squares += (double) feature * feature;
        }
        double norm = expected.get("l2").asDouble();
        float[] first = new float[16];
        for (int i = 0; i < first.length; i++) {
            first[i] = expected.get("first16").get(i).floatValue();
        }
        assertThat(features).as(what).hasSize(ResNet50.FEATURES);
        assertThat(Math.sqrt(squares)).as(what).isCloseTo(norm, within(TOLERANCE * norm));
        assertThat(sum).as(what).isCloseTo(expected.get("sum").asDouble(), within(TOLERANCE * sum));
        assertThat(Networks.relativeDistance(Arrays.copyOf(features, first.length), first))
                .as(what)
                .isLessThan(TOLERANCE);
    }

    private static JsonNode golden(String name) throws IOException {
        try (InputStream file = PyTorchParityIT.class.getResourceAsStream("/golden/" + name)) {
            return JsonMapper.shared().readTree(file);
        }
    }

    private static byte[] realImage(String name) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getenv("BLASTSCOPE_DATA")))) {
            Path file = files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
            return Files.readAllBytes(file);
        }
    }

    private interface Source {
        byte[] bytes(String name) throws IOException;
    }
}
