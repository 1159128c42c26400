package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Folds;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingHeads;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.onnx.ActivationRanges;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.review.TrackRecord;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.training.TrainingProgress.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From a model and a few images of a site to a candidate whose heads know that site too.
 *
 * <p>The backbone, the calibration and the threshold stay. The heads are first adapted to all folds of the local images
 * but one in turn, so that each image is answered by heads that were not adapted to its group; both models are measured
 * on these. Where the original data set is at hand, they are measured on all of it too: both learned from it, so that
 * the figures are too good, but their difference shows what is forgotten.
 */
public final class ModelAdaptation {

    private final NetworkEngine engine;
    private final ImagePreparation preparation;
    private final ModelCards cards;

    /** @param software name and version of this program, for the card */
    public ModelAdaptation(FeatureCache cache, NetworkEngine engine, ImageLimits limits, String software) {
        this.engine = engine;
        this.preparation = new ImagePreparation(new ImageDecoder(limits), cache);
        this.cards = new ModelCards(software);
    }

    /**
     * The stages of an adaptation, in order.
     *
     * @param precisions those that the model has
     * @param original whether forgetting is measured on another data set
     */
    public List<Stage> stages(Set<Precision> precisions, TrainingSettings settings, boolean original)
            throws NoSuchDevice {
        Stage features = new Stage(TrainingProgress.FEATURES, 0, false);
        Stage adaptation = new Stage(TrainingProgress.ADAPTATION, (settings.folds() + 1L) * settings.epochs(), true);
        List<Stage> once = original ? List.of(features, adaptation, features) : List.of(features, adaptation);
        return engine.fastest(precisions) == Precision.FP32
                ? once
                : Stream.concat(once.stream(), once.stream()).toList();
    }

    /**
     * Adapts the heads in each precision that the model has and this machine runs.
     *
     * @param active the model to start from
     * @param local the images of the site: a folder for each class, or a manifest
     * @param original the data set that the model was trained on, to see what is forgotten
     * @param settings seed, epochs, batch and learning rate count
     * @param l2spStrength the weight of staying near the start
     * @throws DatasetRejected if a data set cannot be used; the message says why
     * @throws InvalidWeights if the model cannot be used; the message says why
     * @throws NoSuchDevice if the network cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted
     */
    public Candidate adapt(
            StoredModel active,
            Path local,
            Optional<Path> original,
            TrainingSettings settings,
            float l2spStrength,
            TrainingProgress progress)
            throws DatasetRejected, InvalidWeights, NoSuchDevice, InterruptedException {
        Order order = new Order(Dataset.read(local), original, settings, l2spStrength, progress);
        Adapted fp32 = adapt(active.fp32(), order);
        Rendition fastest = engine.rendition(active);
        Optional<Candidate.Rendition> int8 = fastest.precision() == Precision.FP32
                ? Optional.empty()
                : Optional.of(adapt(fastest, order).rendition());
        return new Candidate(
                active.files().backbone(),
                union(learned(active.fp32()), fp32.images()),
                fp32.rendition(),
                int8,
                fp32.images().problems());
    }

    private Adapted adapt(Rendition active, Order order)
            throws DatasetRejected, InvalidWeights, NoSuchDevice, InterruptedException {
        ModelCards.Stopwatch watch = new ModelCards.Stopwatch();
        TrainingSettings settings = order.settings();
        ModelCard card = ModelEvaluation.card(active);
        FeatureSource source = FeatureSource.of(active.files(), card, engine);
        GroupedImages images = preparation.prepare(order.local(), source, order.progress());
        images.inspection().requireAny();
        watch.lap("features");
        Folds folds = images.inspection().folds(settings.folds());
        Set<Integer> fresh = new HashSet<>(images.newTo(learned(active)));
        if (folds.count() < 2 || fresh.isEmpty()) {
            throw new DatasetRejected(
                    "No image can be held out to measure the adaptation: a class has images of one group only, or the active"
                            + " model learned from all of them. Add images of other slides or patients.");
        }
        HeadWeights start = HeadWeights.read(active.files().heads());
        Run run = new Run(start, images, order, folds.count());
        Map<Integer, LabelledLogits> outOfFold = run.outOfFold(folds, fresh);
        HeadWeights adapted = run.adapt(images.all(), folds.count(), "all images");
        watch.lap("adaptation");
        List<Integer> judged = List.copyOf(outOfFold.keySet());
        List<LabelledLogits> answers = List.copyOf(outOfFold.values());
        Calibration calibration = card.calibration();
        TrackRecord before = TrackRecord.of(active.files(), card);
        List<EvaluationFigures> figures = new ArrayList<>(List.of(
                Evaluation.of("grouped", "local out-of-fold, adapted", answers, calibration),
                Evaluation.of("grouped", "local, before", answers(start, images, judged), calibration)));
        if (order.original().isPresent()) {
            GroupedImages theirs =
                    preparation.prepare(Dataset.read(order.original().get()), source, order.progress());
            figures.add(Evaluation.of("no", "original, adapted", answers(adapted, theirs, theirs.all()), calibration));
            figures.add(Evaluation.of("no", "original, before", answers(start, theirs, theirs.all()), calibration));
            watch.lap("original data set");
        }
        return new Adapted(
                images,
                new Candidate.Rendition(
                        adapted.toSafetensors(),
                        active.files().ranges().isPresent()
                                ? Optional.of(ActivationRanges.read(
                                        active.files().ranges().get()))
                                : Optional.empty(),
                        images.outOfFold(folds, judged, Answer.of(answers, calibration), before.cases()),
                        earlier(before, Set.copyOf(images.hashes(judged))),
                        before.cases().map(images.cases(images.all())::and),
                        cards.adapted(
                                card,
                                described(active, settings, order.l2spStrength()),
                                images.summary(Map.of("local", images.images().size(), "judged", judged.size())),
                                figures,
                                watch.seconds(),
                                engine.device())));
    }

    private static TrainingImageIndex learned(Rendition model) throws InvalidWeights {
        return ModelComparison.trainedOn(model).orElseGet(() -> TrainingImageIndex.of(List.of()));
    }

    private static TrainingImageIndex union(TrainingImageIndex before, GroupedImages images) {
        TrainingImageIndex local = TrainingImageIndex.of(images.hashes(images.all()));
        return new TrainingImageIndex(Stream.of(before, local)
                .flatMap(model -> model.images().stream())
                .collect(Collectors.toSet()));
    }

    /** What was answered before to images other than these. */
    private static Optional<OutOfFoldAnswers> earlier(TrackRecord before, Set<String> judged) {
        List<OutOfFoldAnswers.Row> rows = before.answers().stream()
                .filter(row -> !judged.contains(row.sha256()))
                .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(new OutOfFoldAnswers(rows));
    }

    private static Map<String, Object> described(Rendition active, TrainingSettings settings, float l2spStrength) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("adaptedFrom", active.version());
        values.put("seed", settings.seed());
        values.put("optimizer", "Adam");
        values.put("epochs", settings.epochs());
        values.put("batch", settings.batch());
        values.put("learningRate", settings.learningRate());
        values.put("l2spStrength", l2spStrength);
        values.put("classWeights", "balanced");
        return values;
    }

    /** What is asked for, in whatever precision. */
    private record Order(
            Dataset local,
            Optional<Path> original,
            TrainingSettings settings,
            float l2spStrength,
            TrainingProgress progress) {}

    private record Adapted(GroupedImages images, Candidate.Rendition rendition) {}

    /** One adaptation of one data set: the heads adapted to its folds, and then to all of it. */
    private final class Run {

        private final HeadWeights start;
        private final GroupedImages images;
        private final HeadAdapter adapter;
        private final int epochs;
        private final TrainingProgress progress;

        Run(HeadWeights start, GroupedImages images, Order order, int folds) throws NoSuchDevice {
            this.start = start;
            this.images = images;
            this.adapter = new HeadAdapter(images.images(), order.settings(), order.l2spStrength(), engine.device());
            this.epochs = order.settings().epochs();
            this.progress = order.progress();
            progress.begin(TrainingProgress.ADAPTATION, (folds + 1L) * epochs);
        }

        HeadWeights adapt(List<Integer> train, int before, String remark) throws InterruptedException {
            return adapter.adapt(start, train, new PartOfStage(progress, (long) before * epochs, remark));
        }

        /** By image, what heads say that were adapted to the other folds; of images that are new to the start. */
        Map<Integer, LabelledLogits> outOfFold(Folds folds, Set<Integer> fresh)
                throws NoSuchDevice, InterruptedException {
            Map<Integer, LabelledLogits> answers = new TreeMap<>();
            for (int fold = 0; fold < folds.count(); fold++) {
                HeadWeights adapted = adapt(folds.taught(fold), fold, "fold " + (fold + 1) + " of " + folds.count());
                List<Integer> judged =
                        folds.judged(fold).stream().filter(fresh::contains).toList();
                List<LabelledLogits> logits = answers(adapted, images, judged);
                for (int i = 0; i < judged.size(); i++) {
                    answers.put(judged.get(i), logits.get(i));
                }
            }
            return answers;
        }
    }

    private List<LabelledLogits> answers(HeadWeights weights, GroupedImages images, List<Integer> indices)
            throws NoSuchDevice {
        if (indices.isEmpty()) {
            return List.of();
        }
        try (ServingHeads heads = new ServingHeads(weights, engine.device())) {
            return images.answers(heads.classify(images.features(indices)), indices);
        }
    }
}
