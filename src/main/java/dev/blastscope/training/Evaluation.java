package dev.blastscope.training;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.ChangeFigures;
import dev.blastscope.modelstore.EvaluationFigures.ClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.modelstore.EvaluationFigures.FourClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.MalignancyFigures;
import dev.blastscope.modelstore.EvaluationFigures.SubtypeFigures;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures both heads, and the four-class answer that they give together. */
final class Evaluation {

    /** The part that all images make when each is judged by what did not learn from it. */
    static final String OUT_OF_FOLD = "out-of-fold";

    /** Fixed, so that the same answers always have the same intervals. */
    private static final long SEED = 1983;

    /** A wrong answer of more confidence misleads. */
    private static final double SURE = 0.95;

    private Evaluation() {}

    /** @throws IllegalArgumentException if there are no images */
    static EvaluationFigures of(String split, String part, List<LabelledLogits> images, Calibration calibration) {
        return of(split, part, Answer.of(images, calibration), Answer.of(images, Calibration.NONE));
    }

    /**
     * @param split "grouped" or "random"
     * @param part such as "test"
     * @param answers as they are served
     * @param plain the same without calibration
     * @throws IllegalArgumentException if there are no images
     */
    static EvaluationFigures of(String split, String part, List<Answer> answers, List<Answer> plain) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException(
                    "the %s part of the %s split is empty: add images, or give the part a larger share"
                            .formatted(part, split));
        }
        List<Answer> malignant = Answer.malignant(answers);
        GroupBootstrap bootstrap = bootstrap(answers);
        return new EvaluationFigures(
                split,
                part,
                malignancy(answers, plain, bootstrap),
                malignant.isEmpty() ? Optional.empty() : Optional.of(subtype(malignant, Answer.malignant(plain))),
                fourClass(answers, bootstrap));
    }

    /** On copies that were changed in one way. */
    static ChangeFigures of(View change, List<Answer> answers) {
        ClassificationMetrics outcomes = outcomes(answers);
        GroupBootstrap bootstrap = bootstrap(answers);
        return new ChangeFigures(
                change.name(),
                answers.size(),
                bootstrap.figure(outcomes.recall(Malignancy.MALIGNANT.ordinal())),
                bootstrap.figure(outcomes.recall(Malignancy.BENIGN.ordinal())),
                bootstrap.figure(fourClasses(answers).accuracy()).orElseThrow(),
                (int) answers.stream()
                        .filter(answer -> answer.smearClass() != answer.truth() && answer.confidence() > SURE)
                        .count());
    }

    /**
     * The share of the images of which something holds.
     *
     * @param answers one at least
     * @param holds for each answer, in the same order
     */
    static Figure share(List<Answer> answers, List<Boolean> holds) {
        ClassificationMetrics counted = new ClassificationMetrics(
                List.of("no", "yes"),
                holds.stream().mapToInt(each -> 1).toArray(),
                holds.stream().mapToInt(each -> each ? 1 : 0).toArray());
        return bootstrap(answers).figure(counted.accuracy()).orElseThrow();
    }

    private static MalignancyFigures malignancy(List<Answer> answers, List<Answer> plain, GroupBootstrap bootstrap) {
        ClassificationMetrics outcomes = outcomes(answers);
        return new MalignancyFigures(
                answers.size(),
                bootstrap.groups(),
                bootstrap.figure(outcomes.recall(Malignancy.MALIGNANT.ordinal())),
                bootstrap.figure(outcomes.recall(Malignancy.BENIGN.ordinal())),
                bootstrap.figure(Auroc.of(answers)),
                bootstrap.figure(ExpectedCalibrationError.malignancy(plain)).orElseThrow(),
                bootstrap.figure(ExpectedCalibrationError.malignancy(answers)).orElseThrow());
    }

    private static SubtypeFigures subtype(List<Answer> malignant, List<Answer> plain) {
        GroupBootstrap bootstrap = bootstrap(malignant);
        ClassificationMetrics subtypes = new ClassificationMetrics(
                names(Subtype.values()),
                malignant.stream()
                        .mapToInt(
                                answer -> answer.truth().subtype().orElseThrow().ordinal())
                        .toArray(),
                malignant.stream()
                        .mapToInt(answer -> answer.subtype().ordinal())
                        .toArray());
        return new SubtypeFigures(
                malignant.size(),
                bootstrap.groups(),
                bootstrap.figure(subtypes.accuracy()).orElseThrow(),
                perClass(subtypes, bootstrap),
                subtypes.confusion(),
                bootstrap.figure(ExpectedCalibrationError.subtype(plain)).orElseThrow(),
                bootstrap.figure(ExpectedCalibrationError.subtype(malignant)).orElseThrow());
    }

    private static FourClassFigures fourClass(List<Answer> answers, GroupBootstrap bootstrap) {
        ClassificationMetrics classes = fourClasses(answers);
        return new FourClassFigures(
                answers.size(),
                bootstrap.groups(),
                bootstrap.figure(classes.accuracy()).orElseThrow(),
                perClass(classes, bootstrap),
                classes.confusion());
    }

    /** Benign or malignant, as the threshold decided. */
    static ClassificationMetrics outcomes(List<Answer> answers) {
        return new ClassificationMetrics(
                names(Malignancy.values()),
                answers.stream()
                        .mapToInt(answer -> answer.truth().malignancy().ordinal())
                        .toArray(),
                answers.stream().mapToInt(answer -> answer.outcome().ordinal()).toArray());
    }

    /** The answers of both heads together. */
    static ClassificationMetrics fourClasses(List<Answer> answers) {
        return new ClassificationMetrics(
                names(SmearClass.values()),
                answers.stream().mapToInt(answer -> answer.truth().ordinal()).toArray(),
                answers.stream()
                        .mapToInt(answer -> answer.smearClass().ordinal())
                        .toArray());
    }

    private static List<ClassFigures> perClass(ClassificationMetrics answers, GroupBootstrap bootstrap) {
        return IntStream.range(0, answers.classes().size())
                .mapToObj(c -> new ClassFigures(
                        answers.classes().get(c),
                        answers.support(c),
                        bootstrap.figure(answers.precision(c)),
                        bootstrap.figure(answers.recall(c)),
                        bootstrap.figure(answers.f1(c))))
                .toList();
    }

    static GroupBootstrap bootstrap(List<Answer> answers) {
        return new GroupBootstrap(
                answers.stream().mapToInt(Answer::group).toArray(),
                answers.stream().mapToInt(answer -> answer.truth().ordinal()).toArray(),
                SEED);
    }

    private static List<String> names(Enum<?>[] classes) {
        return Stream.of(classes).map(Enum::name).toList();
    }
}
