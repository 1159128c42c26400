package dev.blastscope.dataset;

import static dev.blastscope.prediction.SmearClass.BENIGN;
import static dev.blastscope.prediction.SmearClass.PRE_B;
import static dev.blastscope.prediction.SmearClass.PRO_B;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimilarityGroupsTest {

    @Test
    void joinsEqualContent() {
        SimilarityGroups groups = SimilarityGroups.of(List.of(
                Fingerprints.image(PRE_B, "pre/a.jpg", "same"),
                Fingerprints.image(PRE_B, "pre/b.jpg", "other"),
                Fingerprints.image(PRE_B, "pre/c.jpg", "same"),
                Fingerprints.image(PRE_B, "pre/d.jpg", "same")));

        assertThat(groups).isEqualTo(new SimilarityGroups(List.of(0, 1, 0, 0), 2, 3, 0));
    }

    @Test
    void joinsWhatLooksNearlyTheSame() {
        float[] field = Fingerprints.noise(1);
        SimilarityGroups groups = SimilarityGroups.of(List.of(
                Fingerprints.image(BENIGN, "benign/a.jpg", "a", Optional.empty(), field),
                Fingerprints.image(BENIGN, "benign/b.jpg", "b"),
                Fingerprints.image(BENIGN, "benign/c.jpg", "c", Optional.empty(), mixed(field, 0.2f)),
                Fingerprints.image(BENIGN, "benign/d.jpg", "d", Optional.empty(), mixed(field, 0.5f))));

        assertThat(groups).isEqualTo(new SimilarityGroups(List.of(0, 1, 0, 2), 3, 0, 1));
    }

    @Test
    void joinsTheGroupsThatTheDataSetGives() {
        SimilarityGroups groups = SimilarityGroups.of(List.of(
                inGroup("img/1.jpg", "patient 1"),
                inGroup("img/2.jpg", "patient 2"),
                inGroup("img/3.jpg", "patient 1"),
                Fingerprints.image(PRE_B, "img/x.jpg", "img/2.jpg")));

        assertThat(groups.groupOf()).containsExactly(0, 1, 0, 1);
    }

    @Test
    void joinsNeighbouringNumbersOfASeries() {
        List<FingerprintedImage> images = new ArrayList<>(numbered("pre/", 200));

        SimilarityGroups groups = SimilarityGroups.of(images);

        assertThat(groups.count()).isEqualTo(10);
        assertThat(groups.groupOf()).startsWith(0, 0, 0).endsWith(9, 9);
        assertThat(groups.groupOf().subList(19, 21)).containsExactly(0, 1);
    }

    @Test
    void givesASmallClassShorterRuns() {
        assertThat(SimilarityGroups.of(numbered("pre/", 30)).count()).isEqualTo(10);
        assertThat(SimilarityGroups.of(numbered("pre/", 5)).count()).isEqualTo(5);
    }

    @Test
    void numbersAreNeighboursInOneSeriesOfOneClassOnly() {
        List<FingerprintedImage> images = new ArrayList<>(numbered("pre/a", 100));
        images.addAll(numbered("pre/b", 100));
        images.add(Fingerprints.image(PRO_B, "pre/a0.jpg", "of another class"));
        images.add(Fingerprints.image(PRE_B, "pre/a.jpg", "without a number"));
        images.add(inGroup("pre/a00.jpg", "of a group"));

        assertThat(SimilarityGroups.of(images).count()).isEqualTo(5 + 5 + 3);
    }

    @Test
    void linksChain() {
        float[] field = Fingerprints.noise(1);
        SimilarityGroups groups = SimilarityGroups.of(List.of(
                Fingerprints.image(PRE_B, "a.jpg", "a", Optional.of("patient"), field),
                Fingerprints.image(PRE_B, "b.jpg", "b", Optional.empty(), mixed(field, 0.1f)),
                Fingerprints.image(PRE_B, "c.jpg", "c", Optional.of("patient"), Fingerprints.noise(2)),
                Fingerprints.image(PRE_B, "d.jpg", "c", Optional.empty(), Fingerprints.noise(2))));

        assertThat(groups.groupOf()).containsExactly(0, 0, 0, 0);
    }

    @Test
    void hasNoGroupsWithoutImages() {
        assertThat(SimilarityGroups.of(List.of())).isEqualTo(new SimilarityGroups(List.of(), 0, 0, 0));
    }

    private static List<FingerprintedImage> numbered(String series, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Fingerprints.image(PRE_B, series + i + ".jpg", series + i))
                .toList();
    }

    private static FingerprintedImage inGroup(String name, String group) {
        return Fingerprints.image(PRE_B, name, name, Optional.of(group), Fingerprints.noise(name.hashCode()));
    }

    private static float[] mixed(float[] field, float share) {
        float[] mixed = Fingerprints.noise(99);
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = share * mixed[i] + (1 - share) * field[i];
        }
        return mixed;
    }
}
