package dev.blastscope.review;

import java.util.Locale;

/**
 * Why a person must look at an image.
 *
 * @param code which rule asks for it
 * @param value what was measured
 * @param limit the value beyond which the rule asks
 * @param detail both in a sentence
 */
public record ReviewReason(Code code, double value, double limit, String detail) {

    static ReviewReason of(Code code, double value, double limit, String detail, Object... numbers) {
        return new ReviewReason(code, value, limit, String.format(Locale.ROOT, detail, numbers));
    }

    /** The rules. */
    public enum Code {
        /** The features are farther from those of the training images than an unseen smear's are. */
        NOT_LIKE_TRAINING_DATA,
        /** The probabilities do not point at one class clearly enough. */
        UNCERTAIN,
        /** Too blurred. */
        OUT_OF_FOCUS,
        /** Too much noise. */
        TOO_NOISY,
        /** Too dark where it is dark, and too bright where it is bright. */
        TOO_MUCH_CONTRAST,
        /** Too little light. */
        TOO_DARK,
        /** Too much light, so that much of the field is clipped to white. */
        TOO_BRIGHT,
        /** Blank, or of one colour. */
        EMPTY_FIELD,
        /** Cells, perhaps, but none with a nucleus. */
        NO_NUCLEATED_CELLS,
        /** Too few pixels. */
        TOO_SMALL,
        /** Of a slide: too many of its fields had to be left out. */
        FEW_USABLE_FIELDS,
        /** Of a slide: its fields differ so much that others might have changed the outcome. */
        FIELDS_DISAGREE
    }
}
