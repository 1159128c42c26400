package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfidenceHistogramTest {

    @Test
    void eachBinHoldsATenthOfTheImages() {
        double[] confidences = IntStream.rangeClosed(1, 100)
                .mapToDouble(image -> 0.5 + image / 200.0)
                .toArray();

        ConfidenceHistogram bins = ConfidenceHistogram.of(confidences);

        assertThat(bins.edges()).hasSize(9).isSorted();
        assertThat(bins.images()).containsOnly(10);
        assertThat(bins.total()).isEqualTo(100);
    }

    @Test
    void equalConfidencesShareABin() {
        double[] confidences = new double[100];
        Arrays.fill(confidences, 1);
        assertThat(ConfidenceHistogram.of(confidences)).isEqualTo(new ConfidenceHistogram(List.of(), List.of(100)));

        Arrays.fill(confidences, 0, 30, 0.6);
        assertThat(ConfidenceHistogram.of(confidences))
                .isEqualTo(new ConfidenceHistogram(List.of(0.6), List.of(30, 70)));
    }

    @Test
    void anEdgeBelongsToTheBinBelowIt() {
        ConfidenceHistogram bins = new ConfidenceHistogram(List.of(0.7, 0.9), List.of(1, 1, 1));

        assertThat(DoubleStream.of(0.5, 0.7, 0.8, 0.9, 1).mapToInt(bins::bin)).containsExactly(0, 0, 1, 1, 2);
    }

    @Test
    void whatIsNoHistogramIsRefused() {
        for (List<Double> edges : List.of(List.of(0.9, 0.7), List.of(0.7, 0.7), List.of(0.0, 0.7), List.of(0.7, 1.0))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ConfidenceHistogram(edges, List.of(1, 1, 1)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfidenceHistogram(List.of(0.7, Double.NaN), List.of(1, 1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfidenceHistogram(List.of(0.7), List.of(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new ConfidenceHistogram(List.of(0.7), List.of(1, -1)));
    }
}
