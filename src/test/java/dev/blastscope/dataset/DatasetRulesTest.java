package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetRulesTest {

    private final List<Integer> groups = new ArrayList<>();
    private final List<SmearClass> labels = new ArrayList<>();

    @Test
    void threeGroupsOfEachClassAreEnough() {
        for (SmearClass label : SmearClass.values()) {
            add(label, 3, 1);
        }

        assertThatNoException().isThrownBy(() -> DatasetRules.requireTrainable(groups, labels, List.of()));
    }

    @Test
    void namesEveryClassThatIsMissingOrTooSmall() {
        add(SmearClass.BENIGN, 3, 5);
        add(SmearClass.PRE_B, 2, 20);

        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> DatasetRules.requireTrainable(groups, labels, List.of()))
                .withMessageContaining("early_pre_b has no usable image; "
                        + "pre_b has 40 usable images in 2 independent groups, and needs 3 groups or more; "
                        + "pro_b has no usable image.")
                .withMessageNotContaining("benign");
    }

    @Test
    void anEmptyDataSetCannotBeTrainedOn() {
        assertThatExceptionOfType(DatasetRejected.class)
                .isThrownBy(() -> DatasetRules.requireTrainable(List.of(), List.of(), List.of()));
    }

    private void add(SmearClass label, int newGroups, int imagesInEach) {
        int first = groups.stream().mapToInt(group -> group + 1).max().orElse(0);
        for (int i = 0; i < newGroups * imagesInEach; i++) {
            groups.add(first + i / imagesInEach);
            labels.add(label);
        }
    }
}
