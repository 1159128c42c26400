package dev.blastscope.network.onnx;

import dev.blastscope.image.SmearImage;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.NetworkInput;
import dev.blastscope.network.NoSuchDevice;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * The ranges of a backbone's activations on sample images: all but one in 10,000 values at either end.
 *
 * <p>The rare values outside are clipped: to give them levels would take those from all the others.
 *
 * @param ends the low and the high end of each activation, in the order of the graph
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
public record ActivationRanges(float[] ends) {

    /** Two ends for each activation: images and stem, four for a block, one for each of the four projections. */
    public static final int ENDS = 2 * (2 + 4 * 16 + 4);

    private static final double RARE = 1e-4;

    /** @throws IllegalArgumentException if there are not {@link #ENDS} ends */
    public ActivationRanges {
        if (ends.length != ENDS) {
            throw new IllegalArgumentException("The ranges have " + ends.length + " ends, not " + ENDS);
        }
    }

    /**
     * Runs the backbone in floats on each image and watches its activations.
     *
     * @param images some 64, like those that the network will see
     * @param progress is told how many images are done
     * @throws NoSuchDevice if ONNX Runtime cannot be loaded
     */
    public static ActivationRanges measure(BackboneWeights weights, List<SmearImage> images, IntConsumer progress)
            throws NoSuchDevice {
        FloatArithmetic arithmetic = new FloatArithmetic();
        OnnxGraph graph = BackboneGraph.of(weights, arithmetic);
        Map<String, ActivationHistogram> histograms = new LinkedHashMap<>();
        arithmetic.activations().forEach(activation -> histograms.put(activation, new ActivationHistogram()));
        ActivationHistogram input = histograms.remove(BackboneGraph.IMAGES);
        histograms.keySet().forEach(graph::expose);
        try (OnnxSession session = new OnnxSession(graph.toBytes())) {
            for (int i = 0; i < images.size(); i++) {
                // One at a time: all activations of an image take some 70 MB.
                List<SmearImage> image = images.subList(i, i + 1);
                FloatBuffer planes = FloatBuffer.allocate(NetworkInput.size(1));
                NetworkInput.planes(image, planes);
                input.add(planes.array());
                session.run(image, histograms.keySet(), (activation, values) -> Objects.requireNonNull(
                                histograms.get(activation))
                        .add(values.array()));
                progress.accept(i + 1);
            }
        }
        float[] ends = new float[ENDS];
        int end = 0;
        ends[end++] = input.percentile(RARE);
        ends[end++] = input.percentile(1 - RARE);
        for (ActivationHistogram histogram : histograms.values()) {
            ends[end++] = histogram.percentile(RARE);
            ends[end++] = histogram.percentile(1 - RARE);
        }
        return new ActivationRanges(ends);
    }

    Quantisation quantisation(int activation) {
        return Quantisation.of(ends[2 * activation], ends[2 * activation + 1]);
    }
}
