package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.prediction.Prediction;

/**
 * A diagnosis, and what it was made from.
 *
 * @param image the image as the network saw it, and where it came from
 * @param modelVersion the model that answered
 * @param modelDigest its digest
 */
public record ImagePrediction(Prediction diagnosis, SmearImage image, String modelVersion, String modelDigest) {}
