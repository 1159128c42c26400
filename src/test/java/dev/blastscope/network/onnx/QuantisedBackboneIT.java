package dev.blastscope.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession.SessionOptions;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.blastscope.image.SmearImage;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.NoSuchDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** In 8 bits the backbone sees nearly what it sees in floats, and the runtime computes it in integers. */
class QuantisedBackboneIT {

    private static BackboneWeights weights;
    private static QuantisedBackbone quantised;

    @BeforeAll
    static void quantise() throws Exception {
        weights = Fixtures.backbone();
        quantised = quantised(Fixtures.drawings(8));
    }

    @Test
    void featuresPointWhereThoseInFloatsPoint() throws Exception {
        assertThat(cosines(quantised, Fixtures.drawings(12).subList(8, 12))).allMatch(cosine -> cosine > 0.95);
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "BLASTSCOPE_DATA",
            matches = ".+",
            disabledReason = "quantises with real smears")
    void featuresOfRealSmearsPointWhereThoseInFloatsPoint() throws Exception {
        List<Double> cosines = cosines(quantised(Fixtures.photographs(64, 0)), Fixtures.photographs(40, 40));
        assertThat(cosines).allMatch(cosine -> cosine > 0.98);
    }

    @Test
    void anImageSeesNothingOfItsBatch() throws Exception {
        List<SmearImage> images = Fixtures.drawings(5);
        try (OnnxBackbone backbone = new OnnxBackbone(quantised)) {
            float[][] together = backbone.features(images);
            for (int i = 0; i < together.length; i++) {
                assertThat(backbone.features(List.of(images.get(i)))[0]).isEqualTo(together[i]);
            }
        }
    }

    @Test
    void equalImagesGiveTheSameFile() throws Exception {
        assertThat(quantised(Fixtures.drawings(8)).digest()).isEqualTo(quantised.digest());
    }

    @Test
    void everyConvolutionAndEverySumIsComputedInIntegers(@TempDir Path folder) throws Exception {
        Path optimised = folder.resolve("optimised.onnx");
        try (SessionOptions options = OnnxSession.options()) {
            options.setOptimizedModelFilePath(optimised.toString());
            OrtEnvironment.getEnvironment()
                    .createSession(quantised.file(), options)
                    .close();
        }
        assertThat(operators(Files.readAllBytes(optimised)))
                .containsEntry("QLinearConv", 53L)
                .containsEntry("QLinearAdd", 16L)
                .doesNotContainKey("Conv");
    }

    private static QuantisedBackbone quantised(List<SmearImage> images) throws NoSuchDevice {
        return QuantisedBackbone.of(weights, ActivationRanges.measure(weights, images, done -> {}));
    }

    private static List<Double> cosines(QuantisedBackbone quantised, List<SmearImage> images) throws NoSuchDevice {
        try (OnnxBackbone integers = new OnnxBackbone(quantised);
                OnnxBackbone floats = new OnnxBackbone(weights)) {
            float[][] rounded = integers.features(images);
            float[][] exact = floats.features(images);
            return IntStream.range(0, exact.length)
                    .mapToObj(i -> Fixtures.cosine(rounded[i], exact[i]))
                    .toList();
        }
    }

    /** How often each operator is in a model: field 4 of every node, which is field 1 of the graph, field 7. */
    private static Map<String, Long> operators(byte[] model) throws InvalidProtocolBufferException {
        ByteString graph = UnknownFieldSet.parseFrom(model)
                .getField(7)
                .getLengthDelimitedList()
                .get(0);
        return UnknownFieldSet.parseFrom(graph).getField(1).getLengthDelimitedList().stream()
                .map(QuantisedBackboneIT::operator)
                .collect(Collectors.groupingBy(operator -> operator, Collectors.counting()));
    }

    private static String operator(ByteString node) {
        try {
            return UnknownFieldSet.parseFrom(node)
                    .getField(4)
                    .getLengthDelimitedList()
                    .get(0)
                    .toStringUtf8();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
