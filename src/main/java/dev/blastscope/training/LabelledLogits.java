package dev.blastscope.training;

import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import java.util.List;

/** What both heads said of one labelled image. */
final class LabelledLogits {

    private final float[] malignancy;
    private final float[] subtype;
    private final SmearClass truth;
    private final int group;

    /**
     * @param malignancy logits in the order of {@link Malignancy}
     * @param subtype logits in the order of {@link Subtype}
     * @param truth the image's label
     * @param group the image's group of similar images; any number may stand for a group
     * @throws IllegalArgumentException if logits are missing or too many, infinite or NaN
     */
    LabelledLogits(float[] malignancy, float[] subtype, SmearClass truth, int group) {
        this.malignancy = checked("malignancy", malignancy, Malignancy.values().length);
        this.subtype = checked("subtype", subtype, Subtype.values().length);
        this.truth = truth;
        this.group = group;
    }

    static List<LabelledLogits> malignant(List<LabelledLogits> images) {
        return images.stream()
                .filter(image -> image.truth.malignancy() == Malignancy.MALIGNANT)
                .toList();
    }

    float[] malignancy() {
        return malignancy.clone();
    }

    float[] subtype() {
        return subtype.clone();
    }

    SmearClass truth() {
        return truth;
    }

    int group() {
        return group;
    }

    private static float[] checked(String head, float[] logits, int classes) {
        if (logits.length != classes) {
            throw new IllegalArgumentException(
                    "the %s head gives %d logits an image, not %d".formatted(head, classes, logits.length));
        }
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new IllegalArgumentException(
                        "a logit of the %s head is %s, so training has diverged: lower the learning rate"
                                .formatted(head, logit));
            }
        }
        return logits.clone();
    }
}
