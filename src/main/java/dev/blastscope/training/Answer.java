package dev.blastscope.training;

import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a model makes of one labelled image.
 *
 * @param truth the image's label
 * @param group the image's group of similar images; any number may stand for a group
 * @param outcome benign or malignant, as the threshold decided
 * @param malignant the calibrated probability of malignant
 * @param subtypes the calibrated probability of each subtype, given that the smear is malignant, in the order of
 *     {@link Subtype}
 */
record Answer(SmearClass truth, int group, Malignancy outcome, double malignant, List<Double> subtypes) {

    Answer {
        subtypes = List.copyOf(subtypes);
    }

    static Answer of(LabelledLogits image, Calibration calibration) {
        Prediction prediction = calibration.predict(image.malignancy(), image.subtype());
        Probabilities<Subtype> subtypes =
                Probabilities.of(Subtype.class, image.subtype(), calibration.subtypeTemperature());
        return new Answer(
                image.truth(),
                image.group(),
                prediction.winner(),
                prediction.malignancy().of(Malignancy.MALIGNANT),
                Stream.of(Subtype.values()).map(subtypes::of).toList());
    }

    static List<Answer> of(List<LabelledLogits> images, Calibration calibration) {
        return images.stream().map(image -> of(image, calibration)).toList();
    }

    static List<Answer> malignant(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.truth.malignancy() == Malignancy.MALIGNANT)
                .toList();
    }

    /** The answer of both heads together. */
    SmearClass smearClass() {
        return SmearClass.of(outcome, subtypes);
    }

    Subtype subtype() {
        return Subtype.mostProbable(subtypes);
    }

    /** The probability of the more probable of benign and malignant, in [0.5, 1]. */
    double confidence() {
        return Math.max(malignant, 1 - malignant);
    }

    /** As it is stored with a model. */
    OutOfFoldAnswers.Row toRow(PreparedImage image, int fold, OptionalDouble distance) {
        return new OutOfFoldAnswers.Row(
                image.image().sha256(), group, fold, truth, outcome, malignant, subtypes, image.quality(), distance);
    }

    /** A stored answer, for an image that is of this group now. */
    static Answer of(OutOfFoldAnswers.Row row, SmearClass truth, int group) {
        return new Answer(truth, group, row.outcome(), row.malignant(), row.subtypes());
    }
}
