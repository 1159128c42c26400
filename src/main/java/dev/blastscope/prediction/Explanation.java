package dev.blastscope.prediction;

import java.util.Optional;

/**
 * Which parts of an image speak for its prediction, by either head.
 *
 * @param malignancy the evidence for the log-odds of malignant, ln(malignant / benign), as the prediction gives them
 * @param subtype the evidence for the most probable subtype: for ln(its probability / the geometric mean of the other
 *     two); present only if the prediction has subtypes
 */
public record Explanation(Evidence malignancy, Optional<Evidence> subtype) {}
