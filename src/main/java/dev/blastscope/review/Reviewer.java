package dev.blastscope.review;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Judges how far predictions of one model may be believed, from what it answered to images that it had not seen.
 *
 * <p>Immutable, and safe for use by any number of threads.
 */
public final class Reviewer {

    /** How many similar cases are shown. */
    private static final int SIMILAR = 3;

    private final double prevalence;
    private final ReviewSettings settings;
    private final Optional<PredictionSets> sets;
    private final Optional<Familiarity> familiarity;
    private final QualityLimits quality;
    private final CaseReviewer cases;

    /** Of a model of which nothing is known, neither the certainty of an answer nor its familiarity is judged. */
    public Reviewer(TrackRecord known, ReviewSettings settings) {
        this.prevalence = known.prevalence();
        this.settings = settings;
        this.sets = known.answers().isEmpty()
                ? Optional.empty()
                : Optional.of(new PredictionSets(known.answers(), settings.coverage(), settings.risk()));
        this.familiarity = Familiarity.of(known, settings.acceptance());
        this.quality = QualityLimits.of(known);
        this.cases = new CaseReviewer(known, settings, sets);
    }

    /**
     * Reviews a prediction.
     *
     * @param features that it was made from, 2048
     */
    public ReviewedPrediction review(SmearImage image, float[] features, Prediction prediction) {
        return review(QualityLimits.checkSize(image), image.quality(), features, prediction);
    }

    /** As {@link #review(SmearImage, float[], Prediction)}, of an image that is known to be large enough. */
    public ReviewedPrediction review(ImageQuality measured, float[] features, Prediction prediction) {
        return review(Optional.empty(), measured, features, prediction);
    }

    private ReviewedPrediction review(
            Optional<ReviewReason> size, ImageQuality measured, float[] features, Prediction prediction) {
        List<ReviewReason> reasons = new ArrayList<>(size.stream().toList());
        reasons.addAll(quality.check(measured));
        Optional<Familiarity.Judgement> judged = familiarity.map(known -> known.judge(features));
        judged.flatMap(Familiarity.Judgement::reason).ifPresent(reasons::add);
        Probabilities<SmearClass> classes = prediction.classesAt(prevalence);
        Set<SmearClass> set = sets.map(known -> known.of(classes)).orElse(Set.of(prediction.smearClass()));
        sets.flatMap(known -> known.uncertain(set, classes, prediction.smearClass()))
                .ifPresent(reasons::add);
        return new ReviewedPrediction(
                prediction,
                new Review(
                        set,
                        judged.map(found -> OptionalDouble.of(found.share())).orElse(OptionalDouble.empty()),
                        judged.map(found ->
                                        found.nearest().stream().limit(SIMILAR).toList())
                                .orElse(List.of()),
                        reasons,
                        measured,
                        settings));
    }

    /**
     * Reviews the fields of one slide together.
     *
     * @param fields reviewed predictions of this model
     * @param refused how many fields there are besides that could not be predicted
     */
    public CaseReview reviewCase(List<ReviewedPrediction> fields, int refused) {
        return cases.review(fields, refused);
    }

    /**
     * The share of images that a person would have to look at, by answers of heads that had not seen them.
     *
     * @param answers of this model
     * @return in [0, 1]; NaN if there are none
     */
    public double shareReviewed(List<Row> answers) {
        return answers.stream()
                .mapToDouble(answer -> stands(answer) ? 0 : 1)
                .average()
                .orElse(Double.NaN);
    }

    private boolean stands(Row answer) {
        Probabilities<SmearClass> classes = answer.classes();
        double limit = familiarity.map(Familiarity::limit).orElse(Double.POSITIVE_INFINITY);
        return quality.check(answer.quality()).isEmpty()
                && answer.distance().orElse(0) <= limit
                && sets.flatMap(known -> known.uncertain(known.of(classes), classes, answer.smearClass()))
                        .isEmpty();
    }

    /** The limits by name, for programs that judge the network's outputs themselves. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        sets.ifPresent(known -> {
            facts.put(
                    "review.set",
                    "the classes with at least their least probability, where those of benign, early_pre_b, pre_b, pro_b"
                            + " are 1 - P(malignant) and P(malignant) times the subtype's; review unless it is the winner"
                            + " alone, with at least the certainty");
            facts.put("review.coverage", Double.toString(settings.coverage()));
            for (SmearClass smearClass : SmearClass.values()) {
                facts.put(
                        "review.least." + smearClass.name().toLowerCase(Locale.ROOT),
                        Double.toString(known.least(smearClass)));
            }
            facts.put("review.risk", Double.toString(settings.risk()));
            facts.put("review.certainty", Double.toString(known.certainty()));
        });
        familiarity.ifPresent(known -> {
            facts.put(
                    "review.distance",
                    "sqrt(2 - 2 cos) from the features to those of the 10th nearest training image; review beyond the"
                            + " limit");
            facts.put("review.acceptance", Double.toString(settings.acceptance()));
            facts.put("review.distance.limit", Double.toString(known.limit()));
        });
        facts.put("review.sharpness.least", Double.toString(quality.leastSharpness()));
        facts.put("review.sharpness.most", Double.toString(quality.mostSharpness()));
        facts.put("review.contrast.most", Double.toString(quality.mostContrast()));
        facts.put("review.nuclei.least", Double.toString(quality.leastNuclei()));
        return facts;
    }
}
