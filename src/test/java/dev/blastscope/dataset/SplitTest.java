package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitTest {

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsEachGroupInOnePart(long seed) {
        Smears smears = Smears.random(seed);
        Split split = Split.grouped(smears.groups, smears.labels, seed);

        Map<Integer, Set<Split.Part>> partsOfGroup = new HashMap<>();
        for (int i = 0; i < smears.groups.size(); i++) {
            partsOfGroup
                    .computeIfAbsent(smears.groups.get(i), group -> new TreeSet<>())
                    .add(split.parts().get(i));
        }
        assertThat(partsOfGroup.values()).allSatisfy(parts -> assertThat(parts).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesEveryPartItsFractionOfEveryClassAsFarAsGroupsAllow(long seed) {
        Smears smears = Smears.random(seed);
        Split split = Split.grouped(smears.groups, smears.labels, seed);

        for (SmearClass label : SmearClass.values()) {
            for (Split.Part part : Split.Part.values()) {
                assertThat(smears.count(split, part, label))
                        .as("%s of %s", part, label)
                        .isPositive()
                        .isCloseTo(part.fraction() * smears.count(label), within((double) Smears.BIGGEST_GROUP));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isTheSameForTheSameSeedAlone(long seed) {
        Smears smears = Smears.random(seed);
        Split split = Split.grouped(smears.groups, smears.labels, seed);

        assertThat(Split.grouped(smears.groups, smears.labels, seed)).isEqualTo(split);
        assertThat(Split.grouped(smears.groups, smears.labels, seed + 1)).isNotEqualTo(split);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void splitsSingleImagesExactly(long seed) {
        Smears smears = Smears.random(seed);
        Split split = Split.random(smears.labels, seed);

        for (SmearClass label : SmearClass.values()) {
            for (Split.Part part : Split.Part.values()) {
                assertThat(smears.count(split, part, label))
                        .isCloseTo(part.fraction() * smears.count(label), within(1.0));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void threeGroupsGoToThreeParts(long seed) {
        List<SmearClass> labels = List.of(SmearClass.values());
        List<Integer> groups = new ArrayList<>();
        List<SmearClass> labelOf = new ArrayList<>();
        Random random = new Random(seed);
        for (int group = 0; group < 12; group++) {
            for (int i = 1 + random.nextInt(9); i > 0; i--) {
                groups.add(group);
                labelOf.add(labels.get(group / 3));
            }
        }

        Split split = Split.grouped(groups, labelOf, seed);

        for (int group = 0; group < 12; group += 3) {
            assertThat(IntStream.range(group, group + 3)
                            .mapToObj(g -> split.parts().get(groups.indexOf(g))))
                    .containsExactlyInAnyOrder(Split.Part.values());
        }
    }

    @Test
    void staysTheSameInEveryRelease() {
        List<SmearClass> labels = IntStream.range(0, 24)
                .mapToObj(i -> SmearClass.values()[i / 12])
                .toList();
        List<Integer> groups = IntStream.range(0, 24).mapToObj(i -> i / 2).toList();

        Split split = Split.grouped(groups, labels, 7);

        assertThat(split.indices(Split.Part.VALIDATION)).containsExactly(10, 11, 22, 23);
        assertThat(split.indices(Split.Part.TEST)).containsExactly(8, 9, 20, 21);
    }

    @Test
    void aMixedGroupGoesWithItsMajority() {
        List<Integer> groups = List.of(0, 0, 0, 1, 1);
        List<SmearClass> labels =
                List.of(SmearClass.PRO_B, SmearClass.BENIGN, SmearClass.PRO_B, SmearClass.PRO_B, SmearClass.BENIGN);

        assertThat(Split.ImageGroup.gather(groups, labels))
                .containsExactly(
                        new Split.ImageGroup(List.of(0, 1, 2), SmearClass.PRO_B),
                        new Split.ImageGroup(List.of(3, 4), SmearClass.BENIGN));
    }

    @Test
    void needsAGroupForEveryLabel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.grouped(List.of(0, 1), List.of(SmearClass.BENIGN), 1));
    }

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    /** Images of four classes in groups of 1 to {@link #BIGGEST_GROUP}. */
    private record Smears(List<Integer> groups, List<SmearClass> labels) {

        static final int BIGGEST_GROUP = 12;

        static Smears random(long seed) {
            Random random = new Random(seed);
            List<Integer> groups = new ArrayList<>();
            List<SmearClass> labels = new ArrayList<>();
            int count = 40 + random.nextInt(200);
            for (int group = 0; group < count; group++) {
                for (int i = 1 + random.nextInt(BIGGEST_GROUP); i > 0; i--) {
                    groups.add(group);
                    labels.add(SmearClass.values()[group % 4]);
                }
            }
            return new Smears(groups, labels);
        }

        double count(SmearClass label) {
            return labels.stream().filter(label::equals).count();
        }

        double count(Split split, Split.Part part, SmearClass label) {
            return split.indices(part).stream()
                    .filter(i -> labels.get(i) == label)
                    .count();
        }
    }
}
