package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.review.ReviewReason;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import dev.blastscope.review.Reviewer;
import dev.blastscope.review.Reviews;
import dev.blastscope.review.TrackRecord;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerMixTest {

    private static final ImageQuality QUALITY = new ImageQuality(20, 250, 30, 30, 0.01, 0.05);
    private static final SmearImage IMAGE = SmearImage.ofRgb(new byte[3], 1, 1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AnswerMix mix = new AnswerMix(registry);

    @Test
    void classesAndReviewsAreSharesOfTheWindow() {
        watch("model");
        answer(150, "model", -5);
        answer(49, "model", 5, ReviewReason.Code.OUT_OF_FOCUS);
        assertThat(reviewed("recent")).isNaN();

        answer(1, "model", 5);
        answer(9, "before", 5);

        assertThat(reviewed("recent")).isCloseTo(0.245, within(1e-9));
        assertThat(ofClass("benign", "recent")).isCloseTo(0.75, within(1e-9));
        assertThat(ofClass("pre_b", "recent")).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void theTrainingHasTheSharesOfItsLabelsAndOfItsReviews() {
        watch("model");

        assertThat(ofClass("benign", "training")).isCloseTo(0.4, within(1e-9));
        assertThat(ofClass("pre_b", "training")).isCloseTo(0.2, within(1e-9));
        assertThat(reviewed("training")).isZero();
    }

    @Test
    void anotherModelStartsAgain() {
        watch("model");
        answer(200, "model", 5);
        watch("next");

        assertThat(ofClass("pre_b", "recent")).isNaN();
    }

    /** 100 images, 40 benign and 20 of each subtype, each in a group of its own and answered surely. */
    private void watch(String digest) {
        List<Row> answers = IntStream.range(0, 100)
                .mapToObj(i -> answer(SmearClass.values()[Math.max(0, i % 5 - 1)], i))
                .toList();
        mix.watch(
                digest,
                answers,
                new Reviewer(new TrackRecord(answers, List.of(), Optional.empty(), 0.5), ReviewSettings.DEFAULT));
    }

    private static Row answer(SmearClass truth, int group) {
        return new Row(
                "ab".repeat(32),
                group,
                0,
                truth,
                truth.malignancy(),
                truth == SmearClass.BENIGN ? 0.001 : 0.999,
                Stream.of(Subtype.values())
                        .map(subtype -> SmearClass.of(subtype) == truth ? 0.998 : 0.001)
                        .toList(),
                QUALITY,
                OptionalDouble.empty());
    }

    private void answer(int images, String digest, float malignant, ReviewReason.Code... reasons) {
        ReviewedPrediction reviewed =
                Reviews.because(Calibration.NONE.predict(new float[] {0, malignant}, new float[] {0, 9, 0}), reasons);
        for (int i = 0; i < images; i++) {
            mix.predicted(List.of(new ImagePrediction(
                    "id", reviewed, IMAGE, new ModelIdentity("1", Precision.FP32, digest), 1, Optional.empty())));
        }
    }

    private double reviewed(String of) {
        return registry.get("blastscope.drift.reviewed").tag("of", of).gauge().value();
    }

    private double ofClass(String smearClass, String of) {
        return registry.get("blastscope.drift.class")
                .tags(Tags.of("class", smearClass, "of", of))
                .gauge()
                .value();
    }
}
