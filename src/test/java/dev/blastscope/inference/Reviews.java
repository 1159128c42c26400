package dev.blastscope.inference;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.review.Review;
import dev.blastscope.review.ReviewReason;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Predictions that were reviewed. */
final class Reviews {

    private Reviews() {}

    static ReviewedPrediction standing(Prediction prediction) {
        return because(prediction);
    }

    static ReviewedPrediction because(Prediction prediction, ReviewReason.Code... codes) {
        return new ReviewedPrediction(
                prediction,
                new Review(
                        Set.of(prediction.smearClass()),
                        OptionalDouble.empty(),
                        List.of(),
                        Stream.of(codes)
                                .map(code -> new ReviewReason(code, 2, 1, "Beyond."))
                                .toList(),
                        new ImageQuality(20, 250, 30, 30, 0, 0.05),
                        ReviewSettings.DEFAULT));
    }
}
