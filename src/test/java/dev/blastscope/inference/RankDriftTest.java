package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.Review;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import dev.blastscope.review.TrackRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankDriftTest {

    private static final SmearImage IMAGE = SmearImage.ofRgb(new byte[3], 1, 1);
    private static final Prediction PREDICTION = Calibration.NONE.predict(new float[] {1, 0}, new float[3]);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private String client = "ward-7";
    private final RankDrift drift = new RankDrift(new DriftSettings(500, true), () -> client, registry);
    private final Random random = new Random(2);

    @Test
    void imagesOfTheSameKindHaveAMeanRankOfAHalf() {
        drift.watch("model", training());
        answer(49, "model", 0, 0);
        assertThat(rank("stain")).isNaN();

        answer(1_951, "model", 0, 0);

        assertThat(rank("stain")).isCloseTo(0.5, within(0.13));
        assertThat(rank("unfamiliarity")).isCloseTo(0.5, within(0.13));
    }

    @Test
    void anotherStainShowsWithinFiftyImages() {
        drift.watch("model", training());
        answer(500, "model", 0, 0);

        answer(50, "model", 40, 0.4);

        assertThat(rank("stain")).isGreaterThan(0.75);
        assertThat(rank("unfamiliarity")).isGreaterThan(0.65);
        assertThat(rank("sharpness")).as("which did not change").isCloseTo(0.5, within(0.05));
    }

    @Test
    void anotherModelStartsAgainAndCountsNothingOfTheOneBefore() {
        drift.watch("model", training());
        answer(100, "model", 0, 0);
        drift.watch("next", training());
        answer(49, "next", 0, 0);
        answer(100, "model", 40, 0);

        assertThat(rank("stain")).isNaN();
    }

    @Test
    void aModelThatDoesNotKnowItsTrainingHasNoRanks() {
        drift.watch("model", new TrackRecord(List.of(), List.of(), Optional.empty(), 0.5));
        answer(100, "model", 0, 0);

        assertThat(rank("stain")).isNaN();
    }

    @Test
    void eachClientHasAWindowOfItsOwn() {
        drift.watch("model", training());
        answer(50, "model", 0, 0);
        client = "ward-8";
        answer(50, "model", 40, 0);

        assertThat(rankOf("ward-7")).isCloseTo(0.5, within(0.13));
        assertThat(rankOf("ward-8")).isGreaterThan(0.75);
    }

    @Test
    void theClientThatWasSilentLongestLosesItsSeries() {
        drift.watch("model", training());
        for (int i = 0; i <= RankDrift.MOST_CLIENTS; i++) {
            client = "ward-" + i;
            answer(1, "model", 0, 0);
            client = "ward-1";
            answer(1, "model", 0, 0);
        }

        assertThat(registry.find("blastscope.drift.client.rank").gauges()).hasSize(4 * RankDrift.MOST_CLIENTS);
        assertThat(registry.find("blastscope.drift.client.rank")
                        .tag("client", "ward-0")
                        .gauges())
                .isEmpty();
        assertThat(registry.find("blastscope.drift.client.rank")
                        .tag("client", "ward-1")
                        .gauges())
                .hasSize(4);
    }

    @Test
    void clientsHaveNoSeriesUnlessThatIsAskedFor() {
        SimpleMeterRegistry plain = new SimpleMeterRegistry();
        RankDrift quiet = new RankDrift(new DriftSettings(500, false), () -> client, plain);
        quiet.watch("model", training());

        assertThat(plain.find("blastscope.drift.client.rank").gauges()).isEmpty();
        assertThat(plain.find("blastscope.drift.rank").gauges()).hasSize(4);
    }

    private double rankOf(String name) {
        return registry.get("blastscope.drift.client.rank")
                .tag("client", name)
                .tag("measure", "stain")
                .gauge()
                .value();
    }

    private TrackRecord training() {
        return new TrackRecord(
                IntStream.range(0, 1_000)
                        .mapToObj(i -> new Row(
                                "ab".repeat(32),
                                i,
                                0,
                                SmearClass.BENIGN,
                                Malignancy.BENIGN,
                                0,
                                List.of(1.0, 0.0, 0.0),
                                quality(i / 10.0),
                                OptionalDouble.empty()))
                        .toList(),
                List.of(),
                Optional.empty(),
                0.5);
    }

    private void answer(int images, String digest, double moreStain, double lessFamiliar) {
        for (int i = 0; i < images; i++) {
            Review review = new Review(
                    Set.of(),
                    OptionalDouble.of(Math.max(0, random.nextDouble() - lessFamiliar)),
                    List.of(),
                    List.of(),
                    quality(100 * random.nextDouble() + moreStain),
                    ReviewSettings.DEFAULT);
            drift.predicted(List.of(new ImagePrediction(
                    "id",
                    new ReviewedPrediction(PREDICTION, review),
                    IMAGE,
                    new ModelIdentity("1", Precision.FP32, digest),
                    1,
                    Optional.empty())));
        }
    }

    private static ImageQuality quality(double stain) {
        return new ImageQuality(20, 250, stain, 30, 0, 0.05);
    }

    private double rank(String measure) {
        return registry.get("blastscope.drift.rank")
                .tag("measure", measure)
                .gauge()
                .value();
    }
}
