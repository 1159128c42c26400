package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Exclusion;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingHeads;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.review.Outcome;
import dev.blastscope.review.ReviewReason;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import dev.blastscope.review.Reviewer;
import dev.blastscope.review.TrackRecord;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures a stored model on all images of a data set. */
public final class ModelEvaluation {

    private final NetworkEngine engine;
    private final ImagePreparation preparation;
    private final ReviewSettings review;

    /** @param review when a person must look */
    public ModelEvaluation(FeatureCache cache, NetworkEngine engine, ImageLimits limits, ReviewSettings review) {
        this.engine = engine;
        this.review = review;
        this.preparation = new ImagePreparation(new ImageDecoder(limits), cache);
    }

    /**
     * Measures.
     *
     * @param folder a folder for each class, or a manifest
     * @throws DatasetRejected if the data set cannot be used; the message says why
     * @throws InvalidWeights if the model cannot; the message says why
     * @throws NoSuchDevice if the network cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted
     */
    public Result evaluate(Rendition model, Path folder, TrainingProgress progress)
            throws DatasetRejected, InvalidWeights, NoSuchDevice, InterruptedException {
        ModelCard card = card(model);
        GroupedImages images =
                preparation.prepare(Dataset.read(folder), FeatureSource.of(model.files(), card, engine), progress);
        images.inspection().requireAny();
        List<Integer> all = images.all();
        TrackRecord known = TrackRecord.of(model.files(), card);
        Optional<TrainingImageIndex> trainedOn = ModelComparison.trainedOn(model);
        List<Integer> fresh = trainedOn.map(images::newTo).orElse(all);
        int learned = trainedOn
                .map(index -> (int)
                        images.hashes(all).stream().filter(index::contains).count())
                .orElse(0);
        try (ServingHeads heads =
                new ServingHeads(HeadWeights.read(model.files().heads()), engine.device())) {
            List<LabelledLogits> logits = images.answers(heads.classify(images.features(all)), all);
            List<ImageAnswer> answers = answers(images, logits, card.calibration(), Set.copyOf(fresh), known);
            return new Result(
                    Evaluation.of("no", "all images", logits, card.calibration()),
                    fresh.isEmpty() || fresh.size() == all.size()
                            ? Optional.empty()
                            : Optional.of(Evaluation.of(
                                    "no",
                                    "new images",
                                    fresh.stream().map(logits::get).toList(),
                                    card.calibration())),
                    Abstention.of(
                            fresh.isEmpty()
                                    ? answers
                                    : fresh.stream().map(answers::get).toList()),
                    answers,
                    new Overlap(trainedOn.isPresent(), all.size(), learned, all.size() - fresh.size() - learned),
                    images.problems());
        }
    }

    private List<ImageAnswer> answers(
            GroupedImages images,
            List<LabelledLogits> logits,
            Calibration calibration,
            Set<Integer> fresh,
            TrackRecord known) {
        Reviewer reviewer = new Reviewer(known, review);
        return IntStream.range(0, logits.size())
                .mapToObj(i -> {
                    PreparedImage image = images.images().get(i);
                    LabelledLogits of = logits.get(i);
                    OptionalDouble distance = known.cases()
                            .map(cases -> OptionalDouble.of(cases.distance(image.features())))
                            .orElse(OptionalDouble.empty());
                    ReviewedPrediction reviewed = reviewer.review(
                            image.quality(), image.features(), calibration.predict(of.malignancy(), of.subtype()));
                    return new ImageAnswer(
                            image.image().image().name(),
                            fresh.contains(i),
                            Answer.of(of, calibration).toRow(image, 0, distance),
                            reviewed.outcome(),
                            reviewed.review().reasons());
                })
                .toList();
    }

    /** The card of a model, once it is known that this program prepares images as the model expects them. */
    static ModelCard card(Rendition model) throws InvalidWeights {
        try {
            ModelCard card = ModelCard.read(model.files().card());
            ImageToTensor.requirePreprocessing(card.preprocessing());
            return card;
        } catch (InvalidWeights | IllegalArgumentException e) {
            throw new InvalidWeights("Model " + model.version() + " cannot be measured: " + e.getMessage(), e);
        }
    }

    /**
     * What was measured.
     *
     * @param figures over all images that could be used
     * @param ofNewImages over those whose groups the model learned no image from; absent where that is all of them, or
     *     none
     * @param abstention how much the model decides, of the new images or, if there are none, of all
     * @param images what the model answered, image by image
     * @param overlap how many of the images the model knows
     * @param problems what could not be used, and why
     */
    public record Result(
            EvaluationFigures figures,
            Optional<EvaluationFigures> ofNewImages,
            Abstention abstention,
            List<ImageAnswer> images,
            Overlap overlap,
            List<Exclusion> problems) {

        public Result {
            images = List.copyOf(images);
            problems = List.copyOf(problems);
        }
    }

    /**
     * What the model answered for one image.
     *
     * @param name where it lies in the data set
     * @param isNew whether its group is new to the model
     * @param answer the answer; its fold says nothing
     * @param outcome what a client would be answered
     * @param reasons why a person must look at the image; empty where the answer stands
     */
    public record ImageAnswer(
            String name, boolean isNew, OutOfFoldAnswers.Row answer, Outcome outcome, List<ReviewReason> reasons) {

        public ImageAnswer {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * How much a model decides, and how often it is right then.
     *
     * @param decided the share of the images whose answers stand
     * @param right the share of these whose class of four is right; absent where none stands
     * @param reasons how many images each reason asks a person for; one may have several
     */
    public record Abstention(Figure decided, Optional<Figure> right, Map<ReviewReason.Code, Long> reasons) {

        static Abstention of(List<ImageAnswer> images) {
            List<Answer> standing = images.stream()
                    .filter(image -> image.reasons().isEmpty())
                    .map(Abstention::answer)
                    .toList();
            return new Abstention(
                    Evaluation.share(
                            images.stream().map(Abstention::answer).toList(),
                            images.stream()
                                    .map(image -> image.reasons().isEmpty())
                                    .toList()),
                    standing.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Evaluation.share(
                                    standing,
                                    standing.stream()
                                            .map(answer -> answer.smearClass() == answer.truth())
                                            .toList())),
                    images.stream()
                            .flatMap(image -> image.reasons().stream())
                            .collect(Collectors.groupingBy(
                                    ReviewReason::code,
                                    () -> new EnumMap<>(ReviewReason.Code.class),
                                    Collectors.counting())));
        }

        private static Answer answer(ImageAnswer image) {
            return Answer.of(
                    image.answer(), image.answer().truth(), image.answer().group());
        }

        /** The figures in a sentence or two. */
        public String sentence() {
            return "%s of %d images are decided%s.%s"
                    .formatted(
                            text(decided),
                            decided.n(),
                            right.map(figure -> ", and of these " + text(figure) + " rightly")
                                    .orElse(""),
                            reasons.isEmpty()
                                    ? ""
                                    : " The others are for review: "
                                            + reasons.entrySet().stream()
                                                    .map(reason -> reason.getKey() + " " + reason.getValue())
                                                    .collect(Collectors.joining(", "))
                                            + ".");
        }

        private static String text(Figure figure) {
            return String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", figure.value(), figure.low(), figure.high());
        }
    }

    /**
     * What of the images a model knows.
     *
     * @param isKnown whether the model notes what it was trained on; if not, the counts are 0
     * @param images how many were measured
     * @param learned how many of them the model was trained on
     * @param alike how many more look like one of these, or belong to its group
     */
    public record Overlap(boolean isKnown, int images, int learned, int alike) {

        /** What a reader of the figures must know, in a sentence or two. */
        public String sentence() {
            if (!isKnown) {
                return "The model does not note what it was trained on: if it was trained on some of these images, its"
                        + " figures are optimistic.";
            }
            if (learned + alike == 0) {
                return "The model was trained on none of these " + images + " images.";
            }
            return "The model was trained on " + learned + " of these " + images + " images, and " + alike
                    + " more are of the same groups: figures that rest on these are optimistic."
                    + (learned + alike == images ? " No image is left that is new to it." : "");
        }
    }
}
