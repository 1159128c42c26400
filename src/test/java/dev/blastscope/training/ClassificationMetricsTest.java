package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationMetricsTest {

    private static final int[] ONCE = {1, 1, 1, 1, 1, 1};

    /** The example of scikit-learn's precision_recall_fscore_support, with its results. */
    private final ClassificationMetrics example = new ClassificationMetrics(
            List.of("cat", "dog", "pig"), new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 2, 1, 0, 0, 1});

    @Test
    void computesWhatScikitLearnDoes() {
        assertThat(example.accuracy().on(ONCE)).isEqualTo(2.0 / 6);
        assertThat(example.precision(0).on(ONCE)).isEqualTo(2.0 / 3);
        assertThat(example.recall(0).on(ONCE)).isEqualTo(1);
        assertThat(example.f1(0).on(ONCE)).isEqualTo(0.8);
        assertThat(example.precision(1).on(ONCE)).isZero();
        assertThat(example.recall(1).on(ONCE)).isZero();
        assertThat(example.f1(1).on(ONCE)).isZero();
        assertThat(example.support(2)).isEqualTo(2);
    }

    @Test
    void countsTruthByRowAndAnswerByColumn() {
        assertThat(example.confusion().counts()).containsExactly(List.of(2, 0, 0), List.of(1, 0, 1), List.of(0, 2, 0));
        assertThat(example.confusion().classes()).containsExactly("cat", "dog", "pig");
    }

    @Test
    void countsAnImageAsOftenAsItWasDrawn() {
        int[] drawn = {1, 0, 0, 0, 3, 2};

        assertThat(example.accuracy().on(drawn)).isEqualTo(1.0 / 6);
        assertThat(example.precision(0).on(drawn)).isEqualTo(1.0 / 4);
        assertThat(example.f1(0).on(drawn)).isEqualTo(2.0 / 5);
    }

    @Test
    void isUndefinedWithoutADenominator() {
        ClassificationMetrics neverCalled =
                new ClassificationMetrics(List.of("cat", "dog", "pig"), new int[] {0, 1}, new int[] {0, 0});
        int[] once = {1, 1};

        assertThat(neverCalled.precision(1).on(once)).isNaN();
        assertThat(neverCalled.recall(1).on(once)).isZero();
        assertThat(neverCalled.f1(1).on(once)).isZero();
        assertThat(neverCalled.recall(2).on(once)).isNaN();
        assertThat(neverCalled.f1(2).on(once)).isNaN();
    }

    @Test
    void restsOnTheImagesOfItsDenominator() {
        assertThat(example.accuracy().samples()).containsExactly(images(0, 1, 2, 3, 4, 5));
        assertThat(example.recall(0).samples()).containsExactly(images(0, 3));
        assertThat(example.precision(0).samples()).containsExactly(images(0, 3, 4));
        assertThat(example.f1(1).samples()).containsExactly(images(1, 2, 4, 5));
    }

    private static BitSet images(int... images) {
        BitSet set = new BitSet();
        for (int image : images) {
            set.set(image);
        }
        return set;
    }
}
