package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.LabelledImage;
import dev.blastscope.dataset.Thumbnail;
import dev.blastscope.image.ImageQuality;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.ServingHeads;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The embedded heads on made-up features of a site that they never saw, which tell the class. */
class HeadAdapterIT {

    private static final int IMAGES = 32;
    private static final Thumbnail PLAIN = Thumbnail.of(new float[Thumbnail.SIZE * Thumbnail.SIZE]);
    private static final List<PreparedImage> SITE =
            IntStream.range(0, IMAGES).mapToObj(HeadAdapterIT::image).toList();
    private static final List<Integer> ALL = IntStream.range(0, IMAGES).boxed().toList();

    @Test
    void learnTheSiteAndStayNearerToTheirStartTheStrongerTheyAreHeld() throws Exception {
        HeadWeights start = Heads.embedded();
        HeadWeights held = adapt(start, 0.01f);
        HeadWeights free = adapt(start, 0);
        HeadWeights fixed = adapt(start, 1_000);

        assertThat(malignanciesRight(start)).isLessThan(IMAGES);
        assertThat(malignanciesRight(held)).isEqualTo(IMAGES);
        assertThat(Heads.distance(start, held)).isPositive().isLessThan(Heads.distance(start, free));
        assertThat(Heads.distance(start, fixed)).isLessThan(Heads.distance(start, held) / 2);
    }

    private static HeadWeights adapt(HeadWeights start, float anchor) throws InterruptedException {
        TrainingSettings settings = Trainings.settings(7, Freeze.BACKBONE, 30);
        return new HeadAdapter(SITE, settings, anchor, Device.cpu()).adapt(start, ALL, Trainings.UNHEARD);
    }

    private static long malignanciesRight(HeadWeights weights) {
        float[][] features = SITE.stream().map(PreparedImage::features).toArray(float[][]::new);
        try (ServingHeads heads = new ServingHeads(weights, Device.cpu())) {
            List<Logits> answers = heads.classify(features);
            return ALL.stream()
                    .filter(image ->
                            isMalignant(answers.get(image)) == (SITE.get(image).label() != SmearClass.BENIGN))
                    .count();
        }
    }

    private static boolean isMalignant(Logits logits) {
        return logits.malignancy()[1] > logits.malignancy()[0];
    }

    private static PreparedImage image(int number) {
        Random random = new Random(number);
        float[] features = new float[2048];
        for (int i = 0; i < features.length; i++) {
            features[i] = 0.3f * Math.abs((float) random.nextGaussian()) + (i % 4 == number % 4 ? 0.2f : 0);
        }
        LabelledImage labelled = new LabelledImage(
                "image " + number, Path.of("none"), SmearClass.values()[number % 4], Optional.empty());
        byte[] content = ("image " + number).getBytes(StandardCharsets.UTF_8);
        return new PreparedImage(
                FingerprintedImage.of(labelled, content, PLAIN),
                features,
                List.of(),
                new ImageQuality(0, 0, 0, 0, 0, 0));
    }
}
