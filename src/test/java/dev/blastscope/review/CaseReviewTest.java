package dev.blastscope.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.ReviewReason.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CaseReviewTest {

    private static final Prediction MALIGNANT = predicted(8, 20);
    private static final Prediction BENIGN = predicted(-8, 20);

    private final Reviewer reviewer =
            new Reviewer(new TrackRecord(answers(), List.of(), Optional.empty(), 0.5), ReviewSettings.DEFAULT);

    @Test
    void fieldsThatAgreeDecideTheirSlide() {
        CaseReview review = reviewer.reviewCase(Collections.nCopies(4, field(MALIGNANT)), 0);

        assertThat(review.reasons()).isEmpty();
        assertThat(review.outcome()).isEqualTo(Outcome.MALIGNANT);
        assertThat(review.set()).containsExactly(SmearClass.PRE_B);
        assertThat(review.agreement()).hasValue(1);
        assertThat(review.contributions()).hasSize(4).allMatch(each -> each.orElseThrow() > 0);
        assertThat(reviewer.reviewCase(Collections.nCopies(4, field(BENIGN)), 0).outcome())
                .isEqualTo(Outcome.BENIGN);
    }

    @Test
    void aFieldWhosePictureMustBeLookedAtIsLeftOutAndOneThatIsUncertainCounts() {
        CaseReview review = reviewer.reviewCase(
                List.of(
                        field(MALIGNANT),
                        field(BENIGN, Code.OUT_OF_FOCUS, Code.UNCERTAIN),
                        field(MALIGNANT, Code.UNCERTAIN),
                        field(MALIGNANT)),
                0);

        assertThat(review.outcome()).isEqualTo(Outcome.MALIGNANT);
        assertThat(review.contributions())
                .extracting(OptionalDouble::isPresent)
                .containsExactly(true, false, true, true);
    }

    @Test
    void aSlideThatOtherFieldsCouldTurnIsReviewed() {
        CaseReview review = reviewer.reviewCase(
                Stream.of(MALIGNANT, MALIGNANT, MALIGNANT, BENIGN)
                        .map(CaseReviewTest::field)
                        .toList(),
                0);

        assertThat(review.outcome()).isEqualTo(Outcome.REVIEW);
        assertThat(review.reasons()).extracting(ReviewReason::code).contains(Code.FIELDS_DISAGREE);
        assertThat(review.reasons().get(0).detail()).startsWith("Other fields could make the slide BENIGN");
        assertThat(review.agreement()).hasValue(0.75);
    }

    @Test
    void aPooledProbabilityThatIsNotSureEnoughIsReviewed() {
        CaseReview review = reviewer.reviewCase(Collections.nCopies(64, field(predicted(2, 20))), 0);

        assertThat(review.reasons()).extracting(ReviewReason::code).containsExactly(Code.UNCERTAIN);
    }

    @Test
    void aSlideOfWhichMostFieldsCannotBeUsedIsReviewed() {
        List<ReviewedPrediction> one = List.of(field(MALIGNANT));

        assertThat(reviewer.reviewCase(one, 1).reasons())
                .extracting(ReviewReason::code)
                .doesNotContain(Code.FEW_USABLE_FIELDS);
        CaseReview review = reviewer.reviewCase(one, 2);
        assertThat(review.reasons()).extracting(ReviewReason::code).contains(Code.FEW_USABLE_FIELDS);
        assertThat(review.reasons().get(0).detail()).startsWith("1 of 3 fields can be used");
    }

    @Test
    void aSlideWithoutAnyFieldThatCanBeUsedHasNoPrediction() {
        CaseReview refused = reviewer.reviewCase(List.of(), 3);
        CaseReview leftOut = reviewer.reviewCase(List.of(field(MALIGNANT, Code.NOT_LIKE_TRAINING_DATA)), 0);

        for (CaseReview review : List.of(refused, leftOut)) {
            assertThat(review.outcome()).isEqualTo(Outcome.REVIEW);
            assertThat(review.pooled()).isEmpty();
            assertThat(review.set()).isEmpty();
            assertThat(review.reasons()).extracting(ReviewReason::code).containsExactly(Code.FEW_USABLE_FIELDS);
        }
        assertThat(leftOut.contributions()).containsExactly(OptionalDouble.empty());
    }

    /** 50 groups of each class, of four images that differ a little. */
    private static List<Row> answers() {
        List<Row> answers = new ArrayList<>();
        for (int group = 0; group < 200; group++) {
            for (double probability : new double[] {0.99, 0.995, 0.999, 0.9995}) {
                answers.add(Answers.answer(SmearClass.values()[group % 4], group, probability));
            }
        }
        return answers;
    }

    private static Prediction predicted(float malignant, float preB) {
        return Calibration.NONE.predict(new float[] {0, malignant}, new float[] {0, preB, 0});
    }

    private static ReviewedPrediction field(Prediction prediction, Code... reasons) {
        return Reviews.because(prediction, reasons);
    }
}
