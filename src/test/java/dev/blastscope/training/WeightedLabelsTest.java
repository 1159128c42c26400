package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.prediction.SmearClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightedLabelsTest {

    private static final List<SmearClass> LABELS =
            List.of(SmearClass.BENIGN, SmearClass.PRO_B, SmearClass.PRO_B, SmearClass.EARLY_PRE_B, SmearClass.PRE_B);

    @Test
    void weighClassesByTheirRarityInTraining() {
        WeightedLabels targets = new WeightedLabels(LABELS, List.of(0, 1, 2, 3));

        assertThat(targets.malignancy(List.of(0, 1))).isDeepEqualTo(new float[][] {{2, 0}, {0, 4 / 6f}});
        assertThat(targets.subtype(List.of(1, 3))).isDeepEqualTo(new float[][] {{0, 0, 3 / 6f}, {3 / 3f, 0, 0}});
    }

    @Test
    void leaveTheSubtypeOfABenignImageOpen() {
        assertThat(new WeightedLabels(LABELS, List.of(0, 1, 2, 3)).subtype(List.of(0)))
                .isDeepEqualTo(new float[][] {{0, 0, 0}});
    }

    @Test
    void giveAClassThatTrainingNeverSawNoWeight() {
        assertThat(new WeightedLabels(LABELS, List.of(0, 1, 2, 3)).subtype(List.of(4)))
                .isDeepEqualTo(new float[][] {{0, 0, 0}});
    }

    @Test
    void copiesFollowAllImagesAndShareTheirWeight() {
        List<SmearClass> labels = List.of(SmearClass.BENIGN, SmearClass.PRE_B);
        WeightedLabels plain = new WeightedLabels(labels, List.of(0, 1));
        WeightedLabels withCopies = plain.withCopies(2, 0.5f);

        assertThat(withCopies.malignancy(List.of(0, 1))).isDeepEqualTo(plain.malignancy(List.of(0, 1)));
        assertThat(withCopies.malignancy(List.of(2, 3, 4, 5)))
                .isDeepEqualTo(new float[][] {{0.25f, 0}, {0.25f, 0}, {0, 0.25f}, {0, 0.25f}});
        assertThat(withCopies.subtype(List.of(3, 4))[0]).containsOnly(0);
    }
}
