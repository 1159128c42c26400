package dev.blastscope.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.network.ServingNetwork.LogitEvidence;
import dev.blastscope.prediction.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The closed form is what the heads compute, divided: against a forward pass written out here, on random weights. */
class LogitAttributionTest {

    private static final int FEATURES = 2048;

    private final HeadWeights weights = Networks.heads(1);
    private final LogitAttribution attribution = new LogitAttribution(weights);

    @Test
    void theCellsAndTheConstantSumToEachLogit() {
        for (int seed = 0; seed < 5; seed++) {
            float[] map = map(seed);
            List<Evidence> evidence = all(attribution.of(floats(pooled(map)), map));
            double[] logits = logits(pooled(map));
            for (int logit = 0; logit < logits.length; logit++) {
                assertThat(evidence.get(logit).score()).isCloseTo(logits[logit], within(1e-5));
            }
        }
    }

    @Test
    void aCellAddsItsActivationsTimesTheGradientsThatFiniteDifferencesFind() {
        float[] map = map(7);
        List<Evidence> evidence = all(attribution.of(floats(pooled(map)), map));
        int cell = 17;
        // All channels of one cell, changed by too little to switch a hidden unit on or off.
        double step = 1e-4;
        double[] more = logits(pooled(map, cell, 1 + step));
        double[] less = logits(pooled(map, cell, 1 - step));
        for (int logit = 0; logit < more.length; logit++) {
            assertThat(evidence.get(logit).cells().get(cell))
                    .isCloseTo((more[logit] - less[logit]) / (2 * step), within(1e-6));
        }
        assertThat(evidence.stream().mapToDouble(one -> Math.abs(one.cells().get(cell))))
                .allMatch(value -> value > 1e-4);
    }

    @Test
    void anEmptyMapLeavesTheConstant() {
        float[] map = new float[FEATURES * Evidence.CELLS];
        List<Evidence> evidence = all(attribution.of(floats(pooled(map)), map));
        double[] logits = logits(pooled(map));
        for (int logit = 0; logit < logits.length; logit++) {
            assertThat(evidence.get(logit).cells()).containsOnly(0.0);
            assertThat(evidence.get(logit).constant()).isCloseTo(logits[logit], within(1e-6));
        }
    }

    private static List<Evidence> all(LogitEvidence evidence) {
        List<Evidence> all = new ArrayList<>(evidence.malignancy());
        all.addAll(evidence.subtype());
        return all;
    }

    private static float[] map(long seed) {
        Random random = new Random(seed);
        float[] map = new float[FEATURES * Evidence.CELLS];
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) Math.max(0, random.nextGaussian());
        }
        return map;
    }

    private static double[] pooled(float[] map) {
        return pooled(map, 0, 1);
    }

    /** The features of a map with one of its cells times a factor. */
    private static double[] pooled(float[] map, int changed, double factor) {
        double[] features = new double[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            for (int cell = 0; cell < Evidence.CELLS; cell++) {
                features[i] += (cell == changed ? factor : 1) * map[i * Evidence.CELLS + cell] / Evidence.CELLS;
            }
        }
        return features;
    }

    private static float[] floats(double[] features) {
        float[] floats = new float[features.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) features[i];
        }
        return floats;
    }

    /** Both logits of malignancy, then the three of the subtypes. */
    private double[] logits(double[] features) {
        return IntStream.range(0, 5)
                .mapToDouble(i -> i < 2 ? logit("malignancy", i, features) : logit("subtype", i - 2, features))
                .toArray();
    }

    private double logit(String head, int logit, double[] features) {
        float[] hiddenWeight = weights.tensor(head + ".0.weight").values();
        float[] hiddenBias = weights.tensor(head + ".0.bias").values();
        float[] weight = weights.tensor(head + ".3.weight").values();
        double sum = weights.tensor(head + ".3.bias").values()[logit];
        for (int unit = 0; unit < hiddenBias.length; unit++) {
            double hidden = hiddenBias[unit];
            for (int i = 0; i < FEATURES; i++) {
                hidden += (double) hiddenWeight[unit * FEATURES + i] * features[i];
            }
            sum += weight[logit * hiddenBias.length + unit] * Math.max(0, hidden);
        }
        return sum;
    }
}
