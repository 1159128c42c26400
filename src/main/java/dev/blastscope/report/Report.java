package dev.blastscope.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.prediction.SmearClass;
import java.util.List;
import java.util.Optional;

/**
 * What a model achieved on some images, ready to be read.
 *
 * @param version the model
 * @param digest its files
 * @param subject what was measured on what, in a sentence
 * @param words the most important figures in words
 * @param figures all figures; absent for a model whose card has none
 * @param roc sensitivity over false alarms, at each threshold; empty where there are no answers
 * @param operatingPoint where on that curve the decision threshold lies; absent likewise
 * @param reliability share of right answers over confidence
 * @param selective how many answers are right if only the surest stand, from the surest tenth to all
 * @param groups groups with a wrong answer, those with most first
 * @param quality errors by how the images were photographed: for each measure the thirds of its range, the lowest first
 * @param wrong images whose class of four is wrong, the surest first
 * @param remarks what a reader must know to interpret the figures
 * @param limits what the model cannot be trusted with
 * @param notice what the report may be used for
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Report(
        String version,
        String digest,
        String subject,
        List<String> words,
        Optional<EvaluationFigures> figures,
        List<RocPoint> roc,
        Optional<RocPoint> operatingPoint,
        List<ReliabilityBin> reliability,
        List<SelectivePoint> selective,
        List<GroupErrors> groups,
        List<QualityErrors> quality,
        List<WrongImage> wrong,
        List<String> remarks,
        List<String> limits,
        String notice) {

    /**
     * A point of the ROC.
     *
     * @param falseAlarms share of the benign images called malignant, in [0, 1]
     * @param sensitivity share of the malignant images called malignant, in [0, 1]
     */
    public record RocPoint(double falseAlarms, double sensitivity) {}

    /**
     * Images whose more probable side of benign and malignant was about as probable.
     *
     * @param confidence their mean confidence, in [0.5, 1]
     * @param right the share of them that were right, in [0, 1]
     * @param n how many they are
     */
    public record ReliabilityBin(double confidence, double right, int n) {}

    /**
     * The answers whose class of four is surest.
     *
     * @param decided which share of all answers they are, in (0, 1]
     * @param certainty the lowest probability of a class among them, in [0, 1]
     * @param right the share of them whose class is right, in [0, 1]
     */
    public record SelectivePoint(double decided, double certainty, double right) {}

    /**
     * A group of similar images.
     *
     * @param group its number within the data set
     * @param truth the class of most of its images
     * @param images how many it has
     * @param wrong how many of them are of another class than predicted
     */
    public record GroupErrors(int group, SmearClass truth, int images, int wrong) {}

    /**
     * A third of the images by a measure of their photographs; equal values stay in one third.
     *
     * @param measure the name of a component of {@link dev.blastscope.image.ImageQuality}
     * @param from the lowest value
     * @param to the highest
     * @param images how many they are
     * @param benign how many of them are benign
     * @param calledMalignant how many of the benign ones were called malignant
     * @param malignant how many are malignant
     * @param calledBenign how many of the malignant ones were called benign
     * @param wrong how many are of another class of the four than predicted
     */
    public record QualityErrors(
            String measure,
            double from,
            double to,
            int images,
            int benign,
            int calledMalignant,
            int malignant,
            int calledBenign,
            int wrong) {}

    /**
     * An image of another class than predicted.
     *
     * @param sha256 of its file
     * @param name of its file in the data set; absent where that is not at hand
     * @param group its group
     * @param truth its label
     * @param predicted what the model made of it
     * @param malignant the probability of malignant
     * @param thumbnail a small picture as a data URI; absent where the data set is not at hand
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record WrongImage(
            String sha256,
            Optional<String> name,
            int group,
            SmearClass truth,
            SmearClass predicted,
            double malignant,
            Optional<String> thumbnail) {}
}
