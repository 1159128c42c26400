package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.Folds;
import dev.blastscope.modelstore.ConfidenceHistogram;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.ChangeFigures;
import dev.blastscope.modelstore.ModelCard.Comparison;
import dev.blastscope.modelstore.ModelCard.FeatureEngine;
import dev.blastscope.modelstore.ModelCard.PrecisionComparison;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.NetworkEngine.Precision;
import dev.blastscope.network.onnx.QuantisedBackbone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Trains the heads on the features of a frozen backbone.
 *
 * <p>A cross-validation over folds that keep similar images together gives an honest answer for every image: the
 * figures, the calibration, the threshold and the choice of int8 rest on these. The heads that are published then learn
 * from all images for as many epochs as the folds needed. A second cross-validation, over random folds, shows what
 * leaks without groups.
 */
final class HeadTraining {

    private final ModelCards.Stopwatch watch = new ModelCards.Stopwatch();
    private final TrainingTools tools;
    private final Dataset dataset;
    private final StartingBackbone backbone;
    private final TrainingSettings settings;
    private final TrainingProgress progress;

    HeadTraining(
            TrainingTools tools,
            Dataset dataset,
            StartingBackbone backbone,
            TrainingSettings settings,
            TrainingProgress progress) {
        this.tools = tools;
        this.dataset = dataset;
        this.backbone = backbone;
        this.settings = settings;
        this.progress = progress;
    }

    Candidate train(List<StartingBackbone> others, boolean triesInt8)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        GroupedImages images = prepare(FeatureSource.of(backbone, tools.engine()));
        images.inspection().requireTrainable();
        watch.lap("features");
        Folds folds = images.inspection().folds(settings.folds());
        Selection floats = new Selection(
                images,
                validate("grouped", folds, images, backbone),
                tools.fp32(settings),
                Optional.empty(),
                Optional.empty());
        watch.lap("cross-validation");
        Selection selected = triesInt8 ? select(floats, folds) : floats;
        Folds random = Folds.random(images.labels(), folds.count(), settings.seed());
        EvaluationFigures leaky =
                validate("random", random, selected.images(), backbone).figures();
        watch.lap("random folds");
        List<Comparison> comparisons = new ArrayList<>();
        for (StartingBackbone other : others) {
            comparisons.add(compare(other, images, folds, random));
            watch.lap("comparison");
        }
        return candidate(selected, folds, leaky, comparisons);
    }

    /** Cross-validates again on the features of an int8 backbone, and selects these if they serve as well. */
    private Selection select(Selection floats, Folds folds) throws DatasetRejected, NoSuchDevice, InterruptedException {
        QuantisedBackbone int8 = tools.quantiser()
                .quantise(backbone, floats.images().images(), all(floats.images()), settings.seed(), progress);
        GroupedImages images = again(floats.images(), FeatureSource.of(int8, tools.engine()));
        watch.lap("features in int8");
        Validated validated = validate("grouped", folds, images, backbone);
        watch.lap("cross-validation in int8");
        PrecisionComparison comparison = PrecisionCheck.of(floats.validated(), validated);
        return comparison.passed() || tools.precision() == Precision.INT8
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
        GroupedImages seen = again(images, FeatureSource.of(other, tools.engine()));
        return new Comparison(
                other.origin(),
                List.of(
                        validate("grouped", folds, seen, other).figures(),
                        validate("random", random, seen, other).figures()));
    }

    private Validated validate(String name, Folds folds, GroupedImages images, StartingBackbone start)
            throws NoSuchDevice, InterruptedException {
        OutOfFold answers = new CrossValidation(images, trainer(images, start)).run(folds, progress);
        OutOfFold.Calibrated calibrated = answers.calibrated(settings.operatingPoint());
        return new Validated(
                answers,
                calibrated,
                Evaluation.of(name, Evaluation.OUT_OF_FOLD, calibrated.answers(), calibrated.plain()));
    }

    private HeadTrainer trainer(GroupedImages images, StartingBackbone start) throws NoSuchDevice {
        return new HeadTrainer(start, images.images(), settings, tools.engine().device());
    }

    private GroupedImages prepare(FeatureSource source) throws NoSuchDevice, InterruptedException {
        return tools.preparation().prepare(dataset, source, settings.views().copies(), progress);
    }

    /** The same images with other features; the folds count on their order. */
    private GroupedImages again(GroupedImages images, FeatureSource source)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        GroupedImages again = prepare(source);
        if (!again.digest().equals(images.digest())) {
            throw new DatasetRejected("The data set changed during the training. Start the training again.");
        }
        return again;
    }

    private Candidate candidate(Selection selected, Folds folds, EvaluationFigures leaky, List<Comparison> comparisons)
            throws NoSuchDevice, InterruptedException {
        GroupedImages images = selected.images();
        Validated validated = selected.validated();
        Learner.Learned learned =
                trainer(images, backbone).learn(all(images), validated.answers().epochs(), progress);
        watch.lap("training");
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
                TrainingImageIndex.of(images.hashes(all(images))),
                Optional.of(stored(images, folds, validated.calibrated().answers())),
                tools.cards().card(backbone, settings, tools.engine().device(), trained, watch.seconds()),
                images.problems());
    }

    private static Optional<List<ChangeFigures>> changes(OutOfFold.Calibrated calibrated) {
        List<ChangeFigures> figures = calibrated.changed().entrySet().stream()
                .map(change -> Evaluation.of(change.getKey(), change.getValue()))
                .toList();
        return figures.isEmpty() ? Optional.empty() : Optional.of(figures);
    }

    private static OutOfFoldAnswers stored(GroupedImages images, Folds folds, List<Answer> answers) {
        List<OutOfFoldAnswers.Row> rows = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            FingerprintedImage image = images.images().get(i).image();
            rows.add(answers.get(i).toRow(image.sha256(), folds.foldOf().get(i)));
        }
        return new OutOfFoldAnswers(rows);
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

    private static List<Integer> all(GroupedImages images) {
        return IntStream.range(0, images.images().size()).boxed().toList();
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
