package dev.blastscope.training;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Folds;
import dev.blastscope.modelstore.ConfidenceHistogram;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.ChangeFigures;
import dev.blastscope.modelstore.ModelCard.Comparison;
import dev.blastscope.modelstore.ModelCard.FeatureEngine;
import dev.blastscope.modelstore.ModelCard.PrecisionComparison;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.PrecisionChoice;
import dev.blastscope.network.onnx.ActivationRanges;
import dev.blastscope.network.onnx.QuantisedBackbone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains the heads on the features of a frozen backbone.
 *
 * <p>A cross-validation over folds that keep similar images together gives an honest answer for every image: the
 * figures, the calibration, the threshold and the choice of int8 rest on these. The heads that are published then learn
 * from all images for as many epochs as the folds needed. A second cross-validation, over random folds, shows what
 * leaks without groups.
 */
final class HeadTraining {

    private final TrainingRun run;
    private final TrainingSettings settings;

    HeadTraining(TrainingRun run) {
        this.run = run;
        this.settings = run.settings();
    }

    /**
     * @param others other backbones to be measured under the same folds
     * @param precision whether int8 is tried, and then taken at all events
     */
    Candidate train(List<StartingBackbone> others, PrecisionChoice precision, ModelCards cards)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        GroupedImages images = run.prepare();
        Folds folds = images.inspection().folds(settings.folds());
        Measured floats =
                new Measured(images, validate("grouped", folds, images, run.backbone()), run.fp32(), Optional.empty());
        run.watch().lap("cross-validation");
        Optional<Measured> tried =
                precision == PrecisionChoice.FP32 ? Optional.empty() : Optional.of(inInt8(floats, folds));
        Optional<PrecisionComparison> precisions =
                tried.map(integers -> PrecisionCheck.of(floats.validated(), integers.validated()));
        boolean takesInt8 = precision == PrecisionChoice.INT8
                || precisions.map(PrecisionComparison::passed).orElse(false);
        Folds random = Folds.random(images.labels(), folds.count(), settings.seed());
        EvaluationFigures leaky =
                validate("random", random, images, run.backbone()).figures();
        run.watch().lap("random folds");
        List<Comparison> comparisons = new ArrayList<>();
        for (StartingBackbone other : others) {
            comparisons.add(compare(other, images, folds, random));
            run.watch().lap("comparison");
        }
        Context context = new Context(folds, leaky, precisions, comparisons);
        return new Candidate(
                run.backbone().file(),
                TrainingImageIndex.of(images.hashes(images.all())),
                learn(floats, context, cards),
                tried.isPresent() && takesInt8 ? Optional.of(learn(tried.get(), context, cards)) : Optional.empty(),
                images.problems());
    }

    /** Cross-validates again on the features of an int8 backbone. */
    private Measured inInt8(Measured floats, Folds folds) throws DatasetRejected, NoSuchDevice, InterruptedException {
        ActivationRanges ranges = new RangeFinder(run.preparation())
                .find(run.backbone(), floats.images().images(), floats.images().all(), settings.seed(), run.progress());
        QuantisedBackbone int8 = QuantisedBackbone.of(run.backbone().weights(), ranges);
        GroupedImages images = run.again(floats.images(), FeatureSource.of(int8, run.engine()));
        run.watch().lap("features in int8");
        Validated validated = validate("grouped", folds, images, run.backbone());
        run.watch().lap("cross-validation in int8");
        return new Measured(
                images, validated, new FeatureEngine("onnx", "int8", Optional.of(int8.digest())), Optional.of(ranges));
    }

    /** Measures another backbone under the same folds. */
    private Comparison compare(StartingBackbone other, GroupedImages images, Folds folds, Folds random)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        GroupedImages seen = run.again(images, FeatureSource.of(other, run.engine()));
        return new Comparison(
                other.origin(),
                List.of(
                        validate("grouped", folds, seen, other).figures(),
                        validate("random", random, seen, other).figures()));
    }

    private Validated validate(String name, Folds folds, GroupedImages images, StartingBackbone start)
            throws NoSuchDevice, InterruptedException {
        OutOfFold answers = new CrossValidation(images, trainer(images, start)).run(folds, run.progress());
        OutOfFold.Calibrated calibrated = answers.calibrated(settings.operatingPoint());
        return new Validated(
                answers,
                calibrated,
                Evaluation.of(name, Evaluation.OUT_OF_FOLD, calibrated.answers(), calibrated.plain()));
    }

    private HeadTrainer trainer(GroupedImages images, StartingBackbone start) throws NoSuchDevice {
        return new HeadTrainer(start, images.images(), settings, run.device());
    }

    /** The heads that are published, in one precision. */
    private Candidate.Rendition learn(Measured measured, Context context, ModelCards cards)
            throws NoSuchDevice, InterruptedException {
        GroupedImages images = measured.images();
        Validated validated = measured.validated();
        boolean inFloats = measured.ranges().isEmpty();
        Learner.Learned learned = trainer(images, run.backbone())
                .learn(images.all(), validated.answers().epochs(), run.progress());
        run.watch().lap("training");
        ModelCards.Trained trained = new ModelCards.Trained(
                learned.course(),
                validated.calibrated().calibration(),
                inFloats ? List.of(validated.figures(), context.leaky()) : List.of(validated.figures()),
                images.summary(parts(context.folds())),
                ConfidenceHistogram.of(validated.calibrated().answers().stream()
                        .mapToDouble(Answer::confidence)
                        .toArray()),
                changes(validated.calibrated()),
                measured.engine(),
                context.precisions(),
                inFloats ? context.comparisons() : List.of(),
                remarks(validated.calibrated()));
        return new Candidate.Rendition(
                learned.heads().toSafetensors(),
                measured.ranges(),
                images.outOfFold(
                        context.folds(), images.all(), validated.calibrated().answers(), Optional.empty()),
                Optional.empty(),
                Optional.of(images.cases(images.all())),
                cards.card(run, trained));
    }

    private static Optional<List<ChangeFigures>> changes(OutOfFold.Calibrated calibrated) {
        List<ChangeFigures> figures = calibrated.changed().entrySet().stream()
                .map(change -> Evaluation.of(change.getKey(), change.getValue()))
                .toList();
        return figures.isEmpty() ? Optional.empty() : Optional.of(figures);
    }

    private static Map<String, Integer> parts(Folds folds) {
        Map<String, Integer> parts = new LinkedHashMap<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            parts.put("fold " + (fold + 1), folds.judged(fold).size());
        }
        return parts;
    }

    private static List<String> remarks(OutOfFold.Calibrated calibrated) {
        List<String> remarks = new ArrayList<>();
        remarks.add(
                "Every figure is of all images, each judged by heads that saw nothing of its fold; the calibration and the"
                        + " threshold that judged it were fitted to the other folds. The heads of this model then learned from all"
                        + " images.");
        remarks.add(
                "Grouped folds keep duplicates, look-alikes and neighbouring file numbers in one fold; random folds let"
                        + " them leak and are shown for comparison only.");
        remarks.add(
                "The probabilities assume that every other smear is malignant; blastscope.prediction.prevalence moves"
                        + " them to another share.");
        if (!calibrated.malignancy() || !calibrated.subtype()) {
            remarks.add(
                    "Not calibrated, because that would have made the calibration error of out-of-fold answers worse: "
                            + (calibrated.malignancy() ? "" : "the malignancy head")
                            + (calibrated.malignancy() || calibrated.subtype() ? "" : " and ")
                            + (calibrated.subtype() ? "" : "the subtype head")
                            + ".");
        }
        return remarks;
    }

    /** What a cross-validation brought. */
    record Validated(OutOfFold answers, OutOfFold.Calibrated calibrated, EvaluationFigures figures) {}

    /**
     * What the grouped folds brought in one precision.
     *
     * @param images with the features that the heads know
     * @param engine what computes these features
     * @param ranges of the activations of an int8 backbone; empty in fp32
     */
    private record Measured(
            GroupedImages images, Validated validated, FeatureEngine engine, Optional<ActivationRanges> ranges) {}

    /**
     * What the cards of both precisions tell.
     *
     * @param leaky the figures of random folds, in fp32
     * @param precisions how int8 did beside floats, if it was tried
     */
    private record Context(
            Folds folds,
            EvaluationFigures leaky,
            Optional<PrecisionComparison> precisions,
            List<Comparison> comparisons) {}
}
