package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyImageIsJudgedOnceByWhatLearnedFromNoImageOfItsGroup(long seed) {
        List<FingerprintedImage> images = shuffledSizes(seed);
        SimilarityGroups groups = SimilarityGroups.of(images);
        Folds folds = Folds.grouped(images, groups, 5);

        assertThat(IntStream.range(0, folds.count())
                        .mapToObj(folds::judged)
                        .flatMap(List::stream)
                        .sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, images.size()).boxed().toList());
        for (int fold = 0; fold < folds.count(); fold++) {
            Set<Integer> judged = groupsOf(folds.judged(fold), groups);
            assertThat(groupsOf(folds.taught(fold), groups)).doesNotContainAnyElementsOf(judged);
            for (SmearClass label : SmearClass.values()) {
                assertThat(folds.judged(fold)).anyMatch(image -> label(images, image) == label);
                assertThat(folds.taught(fold)).anyMatch(image -> label(images, image) == label);
            }
        }
    }

    @Test
    void foldsHoldAboutEquallyManyImagesOfEachClass() {
        List<FingerprintedImage> images = numbered(200);
        Folds folds = Folds.grouped(images, SimilarityGroups.of(images), 5);

        for (int fold = 0; fold < 5; fold++) {
            Map<SmearClass, Long> counts = folds.judged(fold).stream()
                    .collect(Collectors.groupingBy(image -> label(images, image), Collectors.counting()));
            assertThat(counts.values()).hasSize(4).allMatch(count -> count == 40);
        }
    }

    @Test
    void neighbouringNumbersAreNeitherJudgedByEachOtherNorAcrossABoundary() {
        List<FingerprintedImage> images = numbered(200);
        Folds folds = Folds.grouped(images, SimilarityGroups.of(images), 5);

        for (int fold = 0; fold < folds.count(); fold++) {
            for (int judged : folds.judged(fold)) {
                for (int taught : folds.taught(fold)) {
                    boolean neighbours = label(images, judged) == label(images, taught)
                            && Math.abs(number(images, judged) - number(images, taught)) == 1;
                    assertThat(neighbours).isFalse();
                }
            }
        }
    }

    @Test
    void imagesOfPatientsNeedNoMargin() {
        List<FingerprintedImage> images = new ArrayList<>();
        for (SmearClass label : SmearClass.values()) {
            for (int i = 0; i < 50; i++) {
                String name = label + "/" + i + ".png";
                images.add(Fingerprints.image(
                        label, name, name, Optional.of(label + "-" + i / 5), Fingerprints.noise(name.hashCode())));
            }
        }
        Folds folds = Folds.grouped(images, SimilarityGroups.of(images), 5);

        assertThat(folds.margins()).allMatch(Set::isEmpty);
        assertThat(folds.taught(0)).hasSize(160);
    }

    @Test
    void thereAreNoMoreFoldsThanAClassHasGroups() {
        List<FingerprintedImage> images = new ArrayList<>(numbered(200));
        images.removeIf(image ->
                image.image().label() == SmearClass.PRO_B && image.image().number() >= 60);
        SimilarityGroups groups = SimilarityGroups.of(images);

        assertThat(Folds.grouped(images, groups, 20).count()).isEqualTo(10);
        assertThat(Folds.grouped(images, groups, 3).count()).isEqualTo(3);
    }

    @Test
    void aHugeGroupIsJudgedLikeAnyOther() {
        List<FingerprintedImage> images = new ArrayList<>();
        for (SmearClass label : SmearClass.values()) {
            for (int i = 0; i < 100; i++) {
                String patient = i < 80 ? "big" : "small-" + i;
                String name = label + "/" + i + ".png";
                images.add(Fingerprints.image(
                        label, name, name, Optional.of(label + patient), Fingerprints.noise(name.hashCode())));
            }
        }
        Folds folds = Folds.grouped(images, SimilarityGroups.of(images), 5);

        assertThat(folds.count()).isEqualTo(5);
        assertThat(IntStream.range(0, 5).mapToObj(folds::judged)).allMatch(judged -> judged.size() >= 4);
    }

    @Test
    void randomFoldsAreStratifiedAndTheSameForASeed() {
        List<SmearClass> labels =
                numbered(50).stream().map(image -> image.image().label()).toList();
        Folds folds = Folds.random(labels, 5, 7);

        assertThat(folds).isEqualTo(Folds.random(labels, 5, 7)).isNotEqualTo(Folds.random(labels, 5, 8));
        for (int fold = 0; fold < 5; fold++) {
            assertThat(folds.judged(fold)).hasSize(40);
            assertThat(folds.taught(fold)).hasSize(160);
        }
    }

    /** So many numbered images of each class, in runs of 20 or shorter. */
    private static List<FingerprintedImage> numbered(int ofEach) {
        List<FingerprintedImage> images = new ArrayList<>();
        for (SmearClass label : SmearClass.values()) {
            for (int i = 0; i < ofEach; i++) {
                // Not padded: 10 comes before 2 in the order of names.
                String name = label.name().toLowerCase(Locale.ROOT) + "/smear" + i + ".png";
                images.add(Fingerprints.image(label, name, name));
            }
        }
        images.sort((one, other) -> one.image().name().compareTo(other.image().name()));
        return images;
    }

    /** Patients with 1 to 30 images each, at least three of each class. */
    private static List<FingerprintedImage> shuffledSizes(long seed) {
        Random random = new Random(seed);
        List<FingerprintedImage> images = new ArrayList<>();
        for (SmearClass label : SmearClass.values()) {
            int patients = 3 + random.nextInt(12);
            for (int patient = 0; patient < patients; patient++) {
                int size = 1 + random.nextInt(30);
                for (int i = 0; i < size; i++) {
                    String name = label + "/" + patient + "-" + i + ".png";
                    Optional<String> group =
                            random.nextBoolean() ? Optional.of(label + "-" + patient) : Optional.empty();
                    images.add(Fingerprints.image(label, name, name, group, Fingerprints.noise(name.hashCode())));
                }
            }
        }
        return images;
    }

    private static Set<Integer> groupsOf(List<Integer> images, SimilarityGroups groups) {
        return images.stream().map(groups.groupOf()::get).collect(Collectors.toCollection(HashSet::new));
    }

    private static SmearClass label(List<FingerprintedImage> images, int image) {
        return images.get(image).image().label();
    }

    private static long number(List<FingerprintedImage> images, int image) {
        return images.get(image).image().number();
    }
}
