package dev.blastscope.review;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.prediction.SmearClass;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How far a prediction may be believed.
 *
 * @param set the classes that cannot be excluded at the coverage; empty where none fits
 * @param familiarity the share of the training images that are less like the others than this image is, in [0, 1];
 *     empty for a model that does not know
 * @param similar the training images that are nearest to it, the nearest first; empty for a model that does not know
 * @param reasons why a person must look at the image; empty where the prediction stands
 * @param quality how the image was photographed, and what is on it
 * @param settings how much was asked for
 */
public record Review(
        Set<SmearClass> set,
        OptionalDouble familiarity,
        List<KnownCases.Neighbour> similar,
        List<ReviewReason> reasons,
        ImageQuality quality,
        ReviewSettings settings) {

    public Review {
        set = Collections.unmodifiableSet(set.isEmpty() ? EnumSet.noneOf(SmearClass.class) : EnumSet.copyOf(set));
        similar = List.copyOf(similar);
        reasons = List.copyOf(reasons);
    }
}
