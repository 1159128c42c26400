package dev.blastscope.review;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.prediction.Prediction;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** Predictions that were reviewed. */
public final class Reviews {

    private Reviews() {}

    public static ReviewedPrediction standing(Prediction prediction) {
        return because(prediction);
    }

    public static ReviewedPrediction because(Prediction prediction, ReviewReason.Code... codes) {
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
