package dev.blastscope.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.blastscope.image.SmearImage;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.FoldedNetwork;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.network.ServingNetwork.Output;
import dev.blastscope.prediction.Evidence;
import dev.blastscope.safetensors.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each engine explains what it computes, and the engines explain alike. */
class ExplainedNetworkIT {

    private static BackboneWeights backbone;
    private static HeadWeights heads;
    private static List<SmearImage> images;
    private static List<Output> pytorch;
    private static List<Output> floats;
    private static List<Output> integers;

    @BeforeAll
    static void run() throws Exception {
        backbone = Fixtures.backbone();
        heads = Fixtures.heads();
        images = Fixtures.drawings(8);
        QuantisedBackbone quantised =
                QuantisedBackbone.of(backbone, ActivationRanges.measure(backbone, images, done -> {}));
        pytorch = explained(new FoldedNetwork(backbone, heads, Device.cpu()));
        floats = explained(new OnnxNetwork(NetworkFile.of(backbone, heads)));
        // Read from its bytes, as a published model's is.
        integers = explained(new OnnxNetwork(NetworkFile.of(new QuantisedBackbone(quantised.file()), heads)));
    }

    private static List<Output> explained(ServingNetwork network) {
        try (network) {
            return network.run(images, image -> true);
        }
    }

    @Test
    void theEvidenceSumsToTheLogitsOnEveryEngine() {
        for (Output output :
                Stream.of(pytorch, floats, integers).flatMap(List::stream).toList()) {
            float[] malignancy = output.logits().malignancy();
            float[] subtype = output.logits().subtype();
            for (int i = 0; i < malignancy.length; i++) {
                assertThat(output.evidence().orElseThrow().malignancy().get(i).score())
                        .isCloseTo(malignancy[i], within(1e-3));
            }
            for (int i = 0; i < subtype.length; i++) {
                assertThat(output.evidence().orElseThrow().subtype().get(i).score())
                        .isCloseTo(subtype[i], within(1e-3));
            }
        }
    }

    @Test
    void theEnginesExplainAlike() {
        for (int i = 0; i < images.size(); i++) {
            for (int logit = 0; logit < 2; logit++) {
                Evidence expected = malignancy(pytorch, i, logit);
                Evidence ofFloats = malignancy(floats, i, logit);
                for (int cell = 0; cell < Evidence.CELLS; cell++) {
                    assertThat(ofFloats.cells().get(cell))
                            .isCloseTo(expected.cells().get(cell), within(1e-4));
                }
                assertThat(correlation(malignancy(integers, i, logit), expected))
                        .as("int8, image %d", i)
                        .isGreaterThan(0.9);
            }
        }
    }

    @Test
    void onlyTheImagesThatAreAskedForAreExplainedAndTheLogitsStayTheSame() throws Exception {
        Predicate<SmearImage> third = image -> image == images.get(2);
        try (ServingNetwork onnx = new OnnxNetwork(NetworkFile.of(backbone, heads));
                ServingNetwork folded = new FoldedNetwork(backbone, heads, Device.cpu())) {
            for (ServingNetwork network : List.of(onnx, folded)) {
                List<Output> some = network.run(images, third);
                List<Output> none = network.run(images);
                assertThat(IntStream.range(0, some.size())
                                .filter(i -> some.get(i).evidence().isPresent()))
                        .containsExactly(2);
                assertThat(none).allMatch(output -> output.evidence().isEmpty());
                for (int i = 0; i < none.size(); i++) {
                    assertThat(some.get(i).logits().malignancy())
                            .containsExactly(none.get(i).logits().malignancy(), within(1e-5f));
                }
            }
        }
    }

    /** Adebayo et al. 2018, arXiv 1810.03292: an explanation that survives other weights explains the image alone. */
    @Test
    void otherWeightsGiveOtherMaps() throws Exception {
        List<Output> otherHeads = explained(new OnnxNetwork(NetworkFile.of(backbone, random(heads, ""))));
        List<Output> otherBackbone = explained(new OnnxNetwork(NetworkFile.of(random(backbone, "layer4"), heads)));

        assertThat(meanCorrelation(otherHeads)).isLessThan(0.5);
        assertThat(meanCorrelation(otherBackbone)).isLessThan(0.5);
    }

    /** Of the evidence for malignant with that of the network itself, over the images. */
    private static double meanCorrelation(List<Output> others) {
        return IntStream.range(0, images.size())
                .mapToDouble(i -> Math.abs(correlation(logOdds(others, i), logOdds(floats, i))))
                .average()
                .orElseThrow();
    }

    private static Evidence logOdds(List<Output> outputs, int image) {
        return malignancy(outputs, image, 1).minus(malignancy(outputs, image, 0));
    }

    private static Evidence malignancy(List<Output> outputs, int image, int logit) {
        return outputs.get(image).evidence().orElseThrow().malignancy().get(logit);
    }

    private static HeadWeights random(HeadWeights weights, String prefix) {
        return new HeadWeights(shuffled(weights.tensors(), prefix));
    }

    private static BackboneWeights random(BackboneWeights weights, String prefix) {
        return new BackboneWeights(shuffled(weights.tensors(), prefix));
    }

    /** The weights of each of these layers in a random order, so that nothing changes but what was learned. */
    private static Map<String, Tensor> shuffled(Map<String, Tensor> tensors, String prefix) {
        Map<String, Tensor> shuffled = new HashMap<>(tensors);
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(prefix) && name.endsWith(".weight")) {
                float[] values = tensor.values().clone();
                Random random = new Random(name.hashCode());
                for (int i = values.length - 1; i > 0; i--) {
                    int j = random.nextInt(i + 1);
                    float kept = values[i];
                    values[i] = values[j];
                    values[j] = kept;
                }
                shuffled.put(name, new Tensor(tensor.shape(), values));
            }
        });
        return shuffled;
    }

    /** Pearson's, over the cells. */
    private static double correlation(Evidence one, Evidence other) {
        return Fixtures.cosine(centred(one), centred(other));
    }

    private static float[] centred(Evidence evidence) {
        double mean =
                evidence.cells().stream().mapToDouble(cell -> cell).average().orElseThrow();
        float[] centred = new float[Evidence.CELLS];
        for (int cell = 0; cell < centred.length; cell++) {
            centred[cell] = (float) (evidence.cells().get(cell) - mean);
        }
        return centred;
    }
}
