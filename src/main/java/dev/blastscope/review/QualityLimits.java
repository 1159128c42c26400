package dev.blastscope.review;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.review.ReviewReason.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a photograph must have before a prediction from it may be believed.
 *
 * <p>How sharp and how noisy a photograph usually is depends on the microscope and the camera, and how violet a nucleus
 * is on the stain, so these limits follow from the training images: of a model that was adapted, from the kind of
 * images that asks for less. The others do not.
 *
 * @param leastSharpness half of what 99 % of the training images reach; 0 if they are not known
 * @param mostSharpness 1.5 times what 99 % of them do not exceed; infinite if they are not known
 * @param mostContrast 1.1 times what 99 % of them do not exceed; infinite if they are not known
 * @param leastNuclei half of what 99 % of them reach, but never more than {@value #NUCLEI}
 */
record QualityLimits(double leastSharpness, double mostSharpness, double mostContrast, double leastNuclei) {

    /** Half of the network's input: a smaller image has been blown up to twice its size. */
    static final int SIDE = SmearImage.SIDE / 2;

    /** Below it, the white reference more than doubles a channel, and the noise with it. */
    static final double BRIGHTNESS = 80;

    static final double CLIPPED = 0.25;

    /** In levels. */
    static final double CONTRAST = 3;

    /** A nucleus of 11 pixels across, in a field of 224. */
    static final double NUCLEI = 0.002;

    private static final double RARE = 0.01;
    private static final double NOISE = 1.5;

    /** A steeper tone curve darkens the nuclei of one class until they look like those of another. */
    private static final double STEEPNESS = 1.1;

    private static final QualityLimits UNKNOWN =
            new QualityLimits(0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, NUCLEI);

    static QualityLimits of(TrackRecord known) {
        if (known.own().isEmpty()) {
            return UNKNOWN;
        }
        QualityLimits own = of(known.own());
        return known.earlier().isEmpty() ? own : own.orLess(of(known.earlier()));
    }

    private static QualityLimits of(List<Row> images) {
        double[] sharpness = sorted(images, ImageQuality::sharpness);
        double[] contrast = sorted(images, ImageQuality::contrast);
        int rare = (int) (RARE * sharpness.length);
        return new QualityLimits(
                sharpness[rare] / 2,
                NOISE * sharpness[sharpness.length - 1 - rare],
                STEEPNESS * contrast[contrast.length - 1 - rare],
                Math.min(NUCLEI, sorted(images, ImageQuality::nuclei)[rare] / 2));
    }

    private static double[] sorted(List<Row> images, ToDoubleFunction<ImageQuality> value) {
        return images.stream()
                .mapToDouble(image -> value.applyAsDouble(image.quality()))
                .sorted()
                .toArray();
    }

    private QualityLimits orLess(QualityLimits other) {
        return new QualityLimits(
                Math.min(leastSharpness, other.leastSharpness),
                Math.max(mostSharpness, other.mostSharpness),
                Math.max(mostContrast, other.mostContrast),
                Math.min(leastNuclei, other.leastNuclei));
    }

    /** Whether a field was large enough before it was brought to the network's size. */
    static Optional<ReviewReason> checkSize(SmearImage image) {
        int side = Math.min(image.sourceWidth(), image.sourceHeight());
        return side >= SIDE
                ? Optional.empty()
                : Optional.of(ReviewReason.of(
                        Code.TOO_SMALL,
                        side,
                        SIDE,
                        "The shorter side has %d pixels; a field needs %d. Send the photograph as the camera took it.",
                        side,
                        SIDE));
    }

    /** What is wrong with a photograph; empty if it can be used. */
    List<ReviewReason> check(ImageQuality quality) {
        List<ReviewReason> reasons = new ArrayList<>();
        if (quality.brightness() < BRIGHTNESS) {
            reasons.add(ReviewReason.of(
                    Code.TOO_DARK,
                    quality.brightness(),
                    BRIGHTNESS,
                    "The background has a luma of %.0f; it needs %.0f. Raise the lamp or the exposure.",
                    quality.brightness(),
                    BRIGHTNESS));
        }
        if (quality.clipped() > CLIPPED) {
            reasons.add(ReviewReason.of(
                    Code.TOO_BRIGHT,
                    quality.clipped(),
                    CLIPPED,
                    "%.0f %% of the field is clipped to white; at most %.0f %% may be. Lower the lamp or the exposure.",
                    100 * quality.clipped(),
                    100 * CLIPPED));
        }
        if (quality.contrast() < CONTRAST) {
            reasons.add(ReviewReason.of(
                    Code.EMPTY_FIELD,
                    quality.contrast(),
                    CONTRAST,
                    "The luma varies by %.1f levels; that of a field with cells by %.0f at least. Move to a field with cells.",
                    quality.contrast(),
                    CONTRAST));
        } else {
            checkDetail(quality, reasons);
        }
        return reasons;
    }

    /** Of a field that is not empty. */
    private void checkDetail(ImageQuality quality, List<ReviewReason> reasons) {
        if (quality.nuclei() < leastNuclei) {
            reasons.add(ReviewReason.of(
                    Code.NO_NUCLEATED_CELLS,
                    quality.nuclei(),
                    leastNuclei,
                    "%.2f %% of the field is violet as nuclei are; with nucleated cells it is %.1f %% at least. Move to a"
                            + " field with nucleated cells, or check the stain.",
                    100 * quality.nuclei(),
                    100 * leastNuclei));
        }
        if (quality.sharpness() < leastSharpness) {
            reasons.add(ReviewReason.of(
                    Code.OUT_OF_FOCUS,
                    quality.sharpness(),
                    leastSharpness,
                    "The sharpness is %.1f; the training images have twice %.1f or more. Focus, and do not enlarge the"
                            + " image.",
                    quality.sharpness(),
                    leastSharpness));
        }
        if (quality.sharpness() > mostSharpness) {
            reasons.add(ReviewReason.of(
                    Code.TOO_NOISY,
                    quality.sharpness(),
                    mostSharpness,
                    "Neighbouring pixels differ by %.1f levels; in the training images hardly by more than %.1f. Lower the"
                            + " gain of the camera.",
                    quality.sharpness(),
                    mostSharpness / NOISE));
        }
        if (quality.contrast() > mostContrast) {
            reasons.add(ReviewReason.of(
                    Code.TOO_MUCH_CONTRAST,
                    quality.contrast(),
                    mostContrast,
                    "The luma varies by %.1f levels; in the training images hardly by more than %.1f. Lower the contrast"
                            + " or the gamma of the camera.",
                    quality.contrast(),
                    mostContrast / STEEPNESS));
        }
    }
}
