package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.prediction.Explanation;
import dev.blastscope.review.ReviewedPrediction;
import java.util.Optional;

/**
 * The prediction for one uploaded image.
 *
 * @param id a UUID, in the answer and in the audit trail
 * @param reviewed the prediction, and how far it may be believed
 * @param image the image as the network saw it, and what was uploaded
 * @param model what was used
 * @param views how many symmetries of the image it averages
 * @param explanation what in the image speaks for it, if that was asked for
 */
public record ImagePrediction(
        String id,
        ReviewedPrediction reviewed,
        SmearImage image,
        ModelIdentity model,
        int views,
        Optional<Explanation> explanation) {}
