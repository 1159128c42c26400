package dev.blastscope.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.KnownCases.Case;
import dev.blastscope.review.KnownCases.Neighbour;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.safetensors.Safetensors;
import dev.blastscope.safetensors.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownCasesTest {

    private final Random random = new Random(1);

    @Test
    void aDistanceIsThatOfTheDirectionsUpToSomePercent() {
        float[] features = vector();
        float[] other = vector();
        double cosine = dot(features, other) / Math.sqrt(dot(features, features) * dot(other, other));
        double distance =
                KnownCases.of(List.of(named("a")), new float[][] {other}).distance(features);

        assertThat(distance).isCloseTo(Math.sqrt(2 - 2 * cosine), within(0.15));
    }

    @Test
    void theLengthOfTheFeaturesDoesNotCount() {
        float[] features = vector();
        float[] brighter = features.clone();
        for (int i = 0; i < brighter.length; i++) {
            brighter[i] *= 3;
        }
        assertThat(KnownCases.of(List.of(named("a")), new float[][] {features}).distance(brighter))
                .isCloseTo(0, within(1e-3));
    }

    @Test
    void theNearestCasesComeFirstAndTheTenthIsTheDistance() {
        float[][] features = IntStream.range(0, 50).mapToObj(i -> vector()).toArray(float[][]::new);
        KnownCases cases = KnownCases.of(
                IntStream.range(0, 50).mapToObj(i -> named("" + i)).toList(), features);

        List<Neighbour> nearest = cases.nearest(features[17]);

        assertThat(nearest)
                .hasSize(10)
                .isSortedAccordingTo((one, other) -> Double.compare(one.distance(), other.distance()));
        assertThat(nearest.get(0).image()).isEqualTo(named("17"));
        assertThat(nearest.get(0).distance()).isCloseTo(0, within(1e-3));
        assertThat(cases.distance(features[17])).isEqualTo(nearest.get(9).distance());
        double[] all = IntStream.range(0, 50)
                .mapToDouble(i -> KnownCases.of(List.of(named("" + i)), new float[][] {features[i]})
                        .distance(features[17]))
                .sorted()
                .toArray();
        assertThat(nearest.get(9).distance()).isCloseTo(all[9], within(1e-6));
    }

    @Test
    void nothingIsNearWhereNothingIsKnown() {
        assertThat(KnownCases.of(List.of(), new float[0][]).distance(vector())).isInfinite();
    }

    @Test
    void itsFileIsReadBackExactly() throws Exception {
        KnownCases cases = KnownCases.of(List.of(named("a"), named("b")), new float[][] {vector(), vector()});
        KnownCases read = KnownCases.read(cases.toSafetensors());
        float[] features = vector();

        assertThat(read.nearest(features)).isEqualTo(cases.nearest(features));
        assertThat(read.toSafetensors()).isEqualTo(cases.toSafetensors());
    }

    @Test
    void casesOfTwoSitesAreKnownTogether() {
        float[] here = vector();
        float[] there = vector();
        KnownCases both = KnownCases.of(List.of(named("here")), new float[][] {here})
                .and(KnownCases.of(List.of(named("there")), new float[][] {there}));

        assertThat(both.size()).isEqualTo(2);
        assertThat(both.nearest(there).get(0).image()).isEqualTo(named("there"));
    }

    @Test
    void ofTooManyASampleIsKept() {
        int count = KnownCases.MOST + 100;
        float[] same = vector();
        KnownCases cases = KnownCases.of(
                IntStream.range(0, count).mapToObj(i -> named("" + i)).toList(),
                IntStream.range(0, count).mapToObj(i -> same).toArray(float[][]::new));

        assertThat(cases.size()).isEqualTo(KnownCases.MOST);
    }

    @Test
    void aFileOfAnythingElseIsRefused() throws Exception {
        byte[] other = Safetensors.write(Map.of("a", new Tensor(new long[] {1}, new float[1])), Map.of());
        byte[] tooShort = Safetensors.write(
                Map.of("projected", new Tensor(new long[] {1, 3}, new float[3])),
                Map.of("cases", named("a").sha256() + " PRE_B\n"));
        byte[] noClass = Safetensors.write(
                Map.of("projected", new Tensor(new long[] {1, 128}, new float[128])),
                Map.of("cases", named("a").sha256() + " PRE_C\n"));

        for (byte[] file : List.of(other, tooShort, noClass)) {
            assertThatExceptionOfType(InvalidWeights.class)
                    .isThrownBy(() -> KnownCases.read(file))
                    .withMessageStartingWith("The file of known cases has ");
        }
    }

    private static Case named(String name) {
        return new Case(Answers.sha256(name), SmearClass.PRE_B);
    }

    private float[] vector() {
        float[] vector = new float[2048];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) Math.max(0, random.nextGaussian());
        }
        return vector;
    }

    private static double dot(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (double) one[i] * other[i])
                .sum();
    }
}
