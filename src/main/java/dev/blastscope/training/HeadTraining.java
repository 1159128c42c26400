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
import dev.blastscope.network.engine.NetworkEngine.Precision;
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
    Candidate train(List<StartingBackbone> others, Precision precision, ModelCards cards)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        GroupedImages images = run.prepare();
        Folds folds = images.inspection().folds(settings.folds());
        Selection floats = new Selection(
                images,
                validate("grouped", folds, images, run.backbone()),
                run.fp32(),
                Optional.empty(),
                Optional.empty());
        run.watch().lap("cross-validation");
        Selection selected = precision == Precision.FP32 ? floats : select(floats, folds, precision);
        Folds random = Folds.random(images.labels(), folds.count(), settings.seed());
        EvaluationFigures leaky =
                validate("random", random, selected.images(), run.backbone()).figures();
        run.watch().lap("random folds");
        List<Comparison> comparisons = new ArrayList<>();
        for (StartingBackbone other : others) {
            comparisons.add(compare(other, images, folds, random));
            run.watch().lap("comparison");
        }
        return candidate(selected, folds, leaky, comparisons, cards);
    }

    /** Cross-validates again on the features of an int8 backbone, and selects these if they serve as well. */
    private Selection select(Selection floats, Folds folds, Precision precision)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        QuantisedBackbone int8 = new Quantiser(run.preparation())
                .quantise(
                        run.backbone(),
                        floats.images().images(),
                        floats.images().all(),
                        settings.seed(),
                        run.progress());
        GroupedImages images = run.again(floats.images(), FeatureSource.of(int8, run.engine()));
        run.watch().lap("features in int8");
        Validated validated = validate("grouped", folds, images, run.backbone());
        run.watch().lap("cross-validation in int8");
        PrecisionComparison comparison = PrecisionCheck.of(floats.validated(), validated);
        return comparison.passed() || precision == Precision.INT8
                ? new Selection(
                        images,
                        validated,
                        new FeatureEngine("onnx", "int8", Optional.of(int8.digest())),
                        Optional.of(int8),
                        Optional.of(comparison))
                : new Selection(
                        floats.images(),
                        floats.validated(),
                        floats.engine(),
                        Optional.empty(),
                        Optional.of(comparison));
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

    private Candidate candidate(
            Selection selected, Folds folds, EvaluationFigures leaky, List<Comparison> comparisons, ModelCards cards)
            throws NoSuchDevice, InterruptedException {
        GroupedImages images = selected.images();
        Validated validated = selected.validated();
        Learner.Learned learned = trainer(images, run.backbone())
                .learn(images.all(), validated.answers().epochs(), run.progress());
        run.watch().lap("training");
        ModelCards.Trained trained = new ModelCards.Trained(
                learned.course(),
                validated.calibrated().calibration(),
                List.of(validated.figures(), leaky),
                images.summary(parts(folds)),
                ConfidenceHistogram.of(validated.calibrated().answers().stream()
                        .mapToDouble(Answer::confidence)
                        .toArray()),
                changes(validated.calibrated()),
                selected.engine(),
                selected.precisions(),
                comparisons,
                remarks(validated.calibrated()));
        return new Candidate(
                learned.backbone(),
                learned.heads().toSafetensors(),
                selected.quantised(),
                TrainingImageIndex.of(images.hashes(images.all())),
                images.outOfFold(folds, images.all(), validated.calibrated().answers(), Optional.empty()),
                Optional.empty(),
                Optional.of(images.cases(images.all())),
                cards.card(run, trained),
                images.problems());
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
     * What the grouped folds brought in the precision that was chosen.
     *
     * @param images with the features that the heads know
     * @param engine what computes these features
     * @param quantised the backbone that does, if it is an int8 one
     * @param precisions how int8 did beside floats, if it was tried
     */
    private record Selection(
            GroupedImages images,
            Validated validated,
            FeatureEngine engine,
            Optional<QuantisedBackbone> quantised,
            Optional<PrecisionComparison> precisions) {}
}
