package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitForComparisonTest {

    private static final int GROUP = 5;
    private static final int GROUPS_PER_CLASS = 20;

    private final List<Integer> groups = new ArrayList<>();
    private final List<SmearClass> labels = new ArrayList<>();

    SplitForComparisonTest() {
        for (int image = 0; image < SmearClass.values().length * GROUPS_PER_CLASS * GROUP; image++) {
            groups.add(image / GROUP);
            labels.add(SmearClass.values()[image / (GROUPS_PER_CLASS * GROUP)]);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 8, 1983})
    void whatTheOtherModelLearnedFromIsNeverTestedWhateverTheSeed(long seed) {
        Split others = Split.grouped(groups, labels, 7);
        Set<Integer> learned = new HashSet<>(others.indices(Split.Part.TRAIN));
        learned.addAll(others.indices(Split.Part.VALIDATION));

        Split split = Split.grouped(groups, labels, seed, learned);

        assertThat(split.indices(Split.Part.TEST)).isEqualTo(others.indices(Split.Part.TEST));
        assertThat(split).isEqualTo(Split.grouped(groups, labels, seed, learned));
        isStratified(split);
    }

    @Test
    void aGrownDataSetIsTestedOnWhatIsNewAndTrainedOnTheRestOfIt() {
        Set<Integer> learned = IntStream.range(0, labels.size())
                .filter(image -> image % (GROUPS_PER_CLASS * GROUP) < GROUPS_PER_CLASS * GROUP / 2)
                .boxed()
                .collect(Collectors.toSet());

        Split split = Split.grouped(groups, labels, 7, learned);

        assertThat(split.indices(Split.Part.TEST)).doesNotContainAnyElementsOf(learned);
        assertThat(split.indices(Split.Part.TRAIN)).anyMatch(image -> !learned.contains(image));
        isStratified(split);
    }

    @Test
    void aClassThatTheOtherModelKnowsWhollyIsStillTested() {
        Set<Integer> learned =
                IntStream.range(0, GROUPS_PER_CLASS * GROUP).boxed().collect(Collectors.toSet());

        isStratified(Split.grouped(groups, labels, 7, learned));
    }

    private void isStratified(Split split) {
        for (SmearClass label : SmearClass.values()) {
            assertThat(count(split, Split.Part.TRAIN, label)).isBetween(65L, 75L);
            assertThat(count(split, Split.Part.VALIDATION, label)).isBetween(10L, 20L);
            assertThat(count(split, Split.Part.TEST, label)).isBetween(10L, 20L);
        }
        isWhole(split);
    }

    private void isWhole(Split split) {
        for (int image = 0; image < labels.size(); image++) {
            assertThat(split.parts().get(image)).isEqualTo(split.parts().get(image - image % GROUP));
        }
    }

    private long count(Split split, Split.Part part, SmearClass label) {
        return split.indices(part).stream()
                .filter(image -> labels.get(image) == label)
                .count();
    }
}
