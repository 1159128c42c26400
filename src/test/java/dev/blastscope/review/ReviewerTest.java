package dev.blastscope.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.ImageQuality;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.ReviewReason.Code;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReviewerTest {

    private static final Prediction SURE = Calibration.NONE.predict(new float[] {0, 20}, new float[] {0, 20, 0});

    private final Random random = new Random(4);
    private final float[][] known =
            IntStream.range(0, 200).mapToObj(i -> near(0)).toArray(float[][]::new);

    @Test
    void aSurePredictionOfAFamiliarSmearStands() throws Exception {
        ReviewedPrediction reviewed = reviewer().review(smear(), known[3], SURE);

        assertThat(reviewed.review().reasons()).isEmpty();
        assertThat(reviewed.outcome()).isEqualTo(Outcome.MALIGNANT);
        assertThat(reviewed.review().set()).containsExactly(SmearClass.PRE_B);
        assertThat(reviewed.review().familiarity().orElseThrow()).isBetween(0.02, 1.0);
        assertThat(reviewed.review().similar()).hasSize(3);
    }

    @Test
    void featuresFarFromAllThatIsKnownAreNotFamiliar() throws Exception {
        ReviewedPrediction reviewed = reviewer().review(smear(), near(1000), SURE);

        assertThat(reviewed.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(codes(reviewed)).containsExactly(Code.NOT_LIKE_TRAINING_DATA);
        assertThat(reviewed.review().familiarity()).hasValue(0);
        ReviewReason reason = reviewed.review().reasons().get(0);
        assertThat(reason.value()).isEqualTo(1);
        assertThat(reason.limit()).isEqualTo(0.98);
        assertThat(reason.detail()).startsWith("100.0 % of the training images are more like the others");
    }

    @Test
    void aSiteThatTheModelWasAdaptedToIsFamiliarAndSoIsWhatItKnewBefore() throws Exception {
        float[][] local = IntStream.range(0, 30).mapToObj(i -> near(900)).toArray(float[][]::new);
        TrackRecord before = trackRecord();
        KnownCases both = before.cases().orElseThrow().and(cases("local", local));
        List<Row> own = distances("local", local, both);
        Reviewer adapted =
                new Reviewer(new TrackRecord(own, before.own(), Optional.of(both), 0.5), ReviewSettings.DEFAULT);

        assertThat(codes(reviewer().review(smear(), near(900), SURE))).contains(Code.NOT_LIKE_TRAINING_DATA);
        assertThat(codes(adapted.review(smear(), local[2], SURE))).doesNotContain(Code.NOT_LIKE_TRAINING_DATA);
        assertThat(codes(adapted.review(smear(), known[3], SURE))).doesNotContain(Code.NOT_LIKE_TRAINING_DATA);
        assertThat(codes(adapted.review(smear(), near(400), SURE))).contains(Code.NOT_LIKE_TRAINING_DATA);
    }

    @Test
    void aSiteWhoseNucleiAreNotVioletIsNotAskedForVioletOnes() throws Exception {
        TrackRecord before = trackRecord();
        List<Row> grey = before.own().stream()
                .map(row -> new Row(
                        row.sha256(),
                        row.group(),
                        row.fold(),
                        row.truth(),
                        row.outcome(),
                        row.malignant(),
                        row.subtypes(),
                        new ImageQuality(20, 250, 3, 30, 0.01, 0),
                        row.distance()))
                .toList();
        Reviewer adapted =
                new Reviewer(new TrackRecord(grey, before.own(), before.cases(), 0.5), ReviewSettings.DEFAULT);

        assertThat(codes(adapted.review(withoutGreen(), known[3], SURE))).doesNotContain(Code.NO_NUCLEATED_CELLS);
    }

    @Test
    void aPredictionBetweenTwoClassesIsUncertain() throws Exception {
        Prediction torn = Calibration.NONE.predict(new float[] {0, 20}, new float[] {0, 1, 0.5f});

        ReviewedPrediction reviewed = reviewer().review(smear(), known[3], torn);

        assertThat(codes(reviewed)).containsExactly(Code.UNCERTAIN);
        assertThat(reviewed.prediction()).isEqualTo(torn);
        assertThat(reviewed.review().reasons().get(0).detail()).startsWith("PRE_B has a probability of 0.");
    }

    @Test
    void aClassThatCannotBeExcludedIsNamed() throws Exception {
        List<Row> answers = new ArrayList<>(trackRecord().own());
        for (int group = 1000; group < 1003; group++) {
            answers.add(Answers.answer(SmearClass.BENIGN, group, 1e-3));
        }
        Reviewer doubtful =
                new Reviewer(new TrackRecord(answers, List.of(), Optional.empty(), 0.5), ReviewSettings.DEFAULT);
        Prediction nearlySure = Calibration.NONE.predict(new float[] {0, 6}, new float[] {0, 20, 0});

        ReviewReason reason = doubtful.review(smear(), known[3], nearlySure)
                .review()
                .reasons()
                .get(0);

        assertThat(reason.code()).isEqualTo(Code.UNCERTAIN);
        assertThat(reason.detail()).startsWith("BENIGN cannot be excluded: its probability is 0.0025");
        assertThat(reason.value()).isGreaterThan(reason.limit());
    }

    @Test
    void anotherPrevalenceChangesNoReview() throws Exception {
        Prediction torn = Calibration.NONE.predict(new float[] {0, 4}, new float[] {0, 20, 0});
        Prediction rare = Calibration.NONE.forPrevalence(0.01).predict(new float[] {0, 4}, new float[] {0, 20, 0});

        Review review = reviewer().review(smear(), known[3], torn).review();
        Review atAnother = reviewer().review(smear(), known[3], rare).review();

        assertThat(atAnother.set()).isEqualTo(review.set());
        assertThat(atAnother.reasons())
                .extracting(ReviewReason::code)
                .isEqualTo(review.reasons().stream().map(ReviewReason::code).toList());
    }

    @Test
    void aModelOfWhichNothingIsKnownIsReviewedByItsImagesAlone() throws Exception {
        Reviewer blind =
                new Reviewer(new TrackRecord(List.of(), List.of(), Optional.empty(), 0.5), ReviewSettings.DEFAULT);

        ReviewedPrediction reviewed = blind.review(smear(), near(1000), SURE);

        assertThat(reviewed.outcome()).isEqualTo(Outcome.MALIGNANT);
        assertThat(reviewed.review().familiarity()).isEmpty();
        assertThat(reviewed.review().set()).containsExactly(SmearClass.PRE_B);
        assertThat(codes(blind.review(grey(255), known[0], SURE))).contains(Code.EMPTY_FIELD, Code.TOO_BRIGHT);
    }

    @Test
    void photographsThatCannotBeUsedAreNamedForWhatTheyAre() throws Exception {
        assertThat(quality(smear())).isEmpty();
        assertThat(quality(grey(120))).containsExactly(Code.EMPTY_FIELD);
        assertThat(quality(grey(0))).containsExactly(Code.TOO_DARK, Code.EMPTY_FIELD);
        assertThat(quality(changed(1.8))).contains(Code.TOO_BRIGHT);
        assertThat(quality(changed(0.2))).contains(Code.TOO_DARK);
        assertThat(quality(small(100))).contains(Code.TOO_SMALL);
        assertThat(quality(blurred())).containsExactly(Code.OUT_OF_FOCUS);
        assertThat(quality(noisy())).contains(Code.TOO_NOISY);
        assertThat(quality(changed((x, sample) -> 255 * (int) (sample / 170.0))))
                .contains(Code.TOO_MUCH_CONTRAST);
        assertThat(quality(withoutGreen())).contains(Code.NO_NUCLEATED_CELLS);
    }

    private List<Code> quality(SmearImage image) {
        return codes(reviewer().review(image, known[3], SURE));
    }

    private static List<Code> codes(ReviewedPrediction reviewed) {
        return reviewed.review().reasons().stream().map(ReviewReason::code).toList();
    }

    private Reviewer reviewer() {
        return new Reviewer(trackRecord(), ReviewSettings.DEFAULT);
    }

    /** 50 images of each class, each in a group of its own and answered surely. */
    private TrackRecord trackRecord() {
        KnownCases cases = cases("known", known);
        List<Row> answers = new ArrayList<>();
        List<Row> distances = distances("known", known, cases);
        for (int i = 0; i < known.length; i++) {
            Row sure = Answers.answer(SmearClass.values()[i % 4], i, 0.999);
            answers.add(new Row(
                    distances.get(i).sha256(),
                    sure.group(),
                    0,
                    sure.truth(),
                    sure.outcome(),
                    sure.malignant(),
                    sure.subtypes(),
                    Answers.SHARP,
                    distances.get(i).distance()));
        }
        return new TrackRecord(answers, List.of(), Optional.of(cases), 0.5);
    }

    private static KnownCases cases(String name, float[][] features) {
        return KnownCases.of(
                IntStream.range(0, features.length)
                        .mapToObj(i -> new KnownCases.Case(Answers.sha256(name + i), SmearClass.PRE_B))
                        .toList(),
                features);
    }

    private static List<Row> distances(String name, float[][] features, KnownCases cases) {
        return IntStream.range(0, features.length)
                .mapToObj(i -> Answers.at(cases.distance(features[i]), Answers.sha256(name + i)))
                .toList();
    }

    /** Features that are high in a window of 300, which begins there. */
    private float[] near(int window) {
        float[] features = new float[2048];
        for (int i = 0; i < features.length; i++) {
            features[i] = (i >= window && i < window + 300 ? 1 : 0) + 0.2f * random.nextFloat();
        }
        return features;
    }

    private static BufferedImage drawing() {
        return Smears.preB(1);
    }

    private static SmearImage smear() throws Exception {
        return decoded(drawing());
    }

    private static SmearImage decoded(BufferedImage image) throws Exception {
        return new ImageDecoder(ImageLimits.DEFAULT).decode(Smears.png(image));
    }

    private static SmearImage grey(int level) {
        byte[] rgb = new byte[3 * 224 * 224];
        Arrays.fill(rgb, (byte) level);
        return SmearImage.ofRgb(rgb, 224, 224);
    }

    private static SmearImage changed(double gain) throws Exception {
        return changed((x, sample) -> (int) (gain * sample));
    }

    private SmearImage noisy() throws Exception {
        return changed((x, sample) -> (int) (sample + 60 * random.nextGaussian()));
    }

    private static SmearImage withoutGreen() throws Exception {
        byte[] rgb = smear().rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            byte darkest = (byte) Math.min(rgb[i] & 0xFF, Math.min(rgb[i + 1] & 0xFF, rgb[i + 2] & 0xFF));
            Arrays.fill(rgb, i, i + 3, darkest);
        }
        return SmearImage.ofRgb(rgb, 224, 224);
    }

    private static SmearImage small(int side) throws Exception {
        BufferedImage small = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        small.createGraphics().drawImage(drawing(), 0, 0, side, side, null);
        return decoded(small);
    }

    private static SmearImage blurred() throws Exception {
        byte[] rgb = smear().rgb();
        byte[] blurred = rgb.clone();
        int reach = 5;
        for (int y = reach; y < 224 - reach; y++) {
            for (int x = reach; x < 224 - reach; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    int sum = 0;
                    for (int dy = -reach; dy <= reach; dy++) {
                        for (int dx = -reach; dx <= reach; dx++) {
                            sum += rgb[3 * ((y + dy) * 224 + x + dx) + channel] & 0xFF;
                        }
                    }
                    blurred[3 * (y * 224 + x) + channel] = (byte) (sum / ((2 * reach + 1) * (2 * reach + 1)));
                }
            }
        }
        return SmearImage.ofRgb(Arrays.copyOf(blurred, blurred.length), 224, 224);
    }

    private static SmearImage changed(Change change) throws Exception {
        byte[] rgb = smear().rgb();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, change.of(i, rgb[i] & 0xFF)));
        }
        return SmearImage.ofRgb(rgb, 224, 224);
    }

    private interface Change {
        int of(int index, int sample);
    }
}
