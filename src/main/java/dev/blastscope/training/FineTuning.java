package dev.blastscope.training;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Split;
import dev.blastscope.modelstore.ModelCard.Comparison;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.ServingNetwork;
import dev.blastscope.review.KnownCases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Trains the heads and a part of the backbone on one grouped split, as folds would take hours: the network learns on
 * the training part, the validation part decides when to stop and fits the calibration, the test part is only measured.
 *
 * <p>The same training is then repeated and measured under a random split, which leaks, so that the leakage can be
 * seen.
 */
final class FineTuning {

    private final TrainingRun run;
    private final TrainingSettings settings;

    FineTuning(TrainingRun run) {
        this.run = run;
        this.settings = run.settings();
    }

    /**
     * @param others other backbones to be measured under the same splits
     * @param active what the model learned from that the candidate is to be compared with
     */
    Candidate train(List<StartingBackbone> others, Optional<TrainingImageIndex> active, ModelCards cards)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        GroupedImages images = run.prepare();
        Split grouped = Split.grouped(
                images.groups().groupOf(),
                images.labels(),
                settings.seed(),
                active.map(images::knownTo).orElse(Set.of()));
        Split random = Split.random(images.labels(), settings.seed());
        SplitEvaluation evaluation = learn("grouped", grouped, run.backbone(), images);
        run.watch().lap("training");
        SplitEvaluation leaky = learn("random", random, run.backbone(), images);
        run.watch().lap("random split");
        List<Comparison> comparisons = new ArrayList<>();
        for (StartingBackbone other : others) {
            GroupedImages seen = run.again(images, FeatureSource.of(other, run.engine()));
            comparisons.add(new Comparison(
                    other.origin(),
                    List.of(
                            learn("grouped", grouped, other, seen).test(),
                            learn("random", random, other, seen).test())));
            run.watch().lap("comparison");
        }
        ModelCards.Trained trained = new ModelCards.Trained(
                evaluation.learned().course(),
                evaluation.calibration(),
                List.of(evaluation.test(), leaky.test()),
                images.summary(sizes(grouped)),
                evaluation.confidences(),
                Optional.empty(),
                run.fp32(),
                Optional.empty(),
                comparisons,
                remarks(active.isPresent()));
        List<Integer> learned = Stream.of(Split.Part.TRAIN, Split.Part.VALIDATION)
                .flatMap(part -> grouped.indices(part).stream())
                .toList();
        KnownCases cases = images.cases(learned, features(evaluation.learned(), learned));
        return new Candidate(
                evaluation.learned().backbone(),
                TrainingImageIndex.of(images.hashes(learned)),
                new Candidate.Rendition(
                        evaluation.learned().heads().toSafetensors(),
                        Optional.empty(),
                        answers(images, grouped.indices(Split.Part.TEST), evaluation, cases),
                        Optional.empty(),
                        Optional.of(cases),
                        cards.card(run, trained)),
                Optional.empty(),
                images.problems());
    }

    private SplitEvaluation learn(String name, Split split, StartingBackbone start, GroupedImages images)
            throws NoSuchDevice, InterruptedException {
        Learner learner = new FineTuner(start, images.images(), run.preparation(), settings, run.device());
        return SplitEvaluation.of(name, split, images, learner, settings.operatingPoint(), run.progress());
    }

    /** What the tuned network answered to the test part, as it is stored with the model. */
    private static OutOfFoldAnswers answers(
            GroupedImages images, List<Integer> test, SplitEvaluation evaluation, KnownCases cases)
            throws InterruptedException {
        float[][] features = features(evaluation.learned(), test);
        List<OutOfFoldAnswers.Row> rows = new ArrayList<>();
        for (int i = 0; i < test.size(); i++) {
            rows.add(evaluation
                    .answers()
                    .get(i)
                    .toRow(images.images().get(test.get(i)), 0, OptionalDouble.of(cases.distance(features[i]))));
        }
        return new OutOfFoldAnswers(rows);
    }

    private static float[][] features(Learner.Learned network, List<Integer> images) throws InterruptedException {
        return network.outputs(images).stream()
                .map(ServingNetwork.Output::features)
                .toArray(float[][]::new);
    }

    private static Map<String, Integer> sizes(Split split) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        for (Split.Part part : Split.Part.values()) {
            sizes.put(part.name().toLowerCase(Locale.ROOT), split.indices(part).size());
        }
        return sizes;
    }

    private static List<String> remarks(boolean besideActive) {
        List<String> remarks = new ArrayList<>();
        remarks.add(
                "The backbone was trained too, on one grouped split instead of folds: the figures rest on its test part"
                        + " alone, the calibration and the threshold on its validation part.");
        remarks.add(
                "The grouped split keeps duplicates, look-alikes and neighbouring file numbers on one side; the random"
                        + " split lets them leak and is shown for comparison only.");
        if (besideActive) {
            remarks.add(
                    "The test part of the grouped split was filled first with the groups that the model which was active"
                            + " then had not learned from, so that the two could be compared; only the rest was drawn.");
        }
        return remarks;
    }
}
