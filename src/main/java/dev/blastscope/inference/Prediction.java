package dev.blastscope.inference;

import dev.blastscope.diagnosis.Diagnosis;
import dev.blastscope.image.SmearImage;

/**
 * A diagnosis, and what it was made from.
 *
 * @param image the image as the network saw it, and where it came from
 * @param modelVersion the model that answered
 * @param modelDigest its digest
 */
public record Prediction(Diagnosis diagnosis, SmearImage image, String modelVersion, String modelDigest) {}
