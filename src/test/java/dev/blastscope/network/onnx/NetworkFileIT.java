package dev.blastscope.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.blastscope.network.BackboneWeights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that are written are ONNX to others too. */
class NetworkFileIT {

    private static final String PYTHON = "/usr/bin/python3";

    @Test
    void onnxsOwnCheckerAcceptsTheNetworkInFloatsAndInIntegers(@TempDir Path folder) throws Exception {
        assumeTrue(run("import onnx") == 0, "there is no " + PYTHON + " with the module onnx here (python3-onnx)");
        BackboneWeights weights = Fixtures.backbone();
        ActivationRanges ranges = ActivationRanges.measure(weights, Fixtures.drawings(2), done -> {});
        check(NetworkFile.of(weights, Fixtures.heads()), folder.resolve("float.onnx"));
        check(NetworkFile.of(QuantisedBackbone.of(weights, ranges), Fixtures.heads()), folder.resolve("int8.onnx"));
    }

    @Test
    void aFileThatIsNoOnnxModelIsRefused() throws Exception {
        QuantisedBackbone text = new QuantisedBackbone("no model".getBytes(StandardCharsets.US_ASCII));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkFile.of(text, Fixtures.heads()))
                .withMessageContaining("no ONNX model");
    }

    private static void check(NetworkFile network, Path file) throws Exception {
        Files.write(file, network.toBytes(Map.of("model", "embedded")));
        assertThat(run("""
                import onnx
                model = onnx.load(%s)
                onnx.checker.check_model(model, full_check=True)
                shape = lambda value: [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]
                assert shape(model.graph.input[0]) == ['N', 3, 224, 224]
                assert {o.name: shape(o) for o in model.graph.output} == {
                    'features': ['N', 2048], 'malignancy': ['N', 2], 'subtype': ['N', 3]}
                assert model.metadata_props[0].value == 'embedded'
                """.formatted("'" + file + "'"))).isZero();
    }

    private static int run(String script) throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", script).inheritIO().start().waitFor();
        } catch (IOException absent) {
            return -1;
        }
    }
}
