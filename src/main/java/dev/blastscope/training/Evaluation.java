package dev.blastscope.training;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.ClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.modelstore.EvaluationFigures.FourClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.MalignancyFigures;
import dev.blastscope.modelstore.EvaluationFigures.SubtypeFigures;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.prediction.Subtype;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures both heads, and the four-class answer that they give together, on one part of a split. */
final class Evaluation {

    /** Fixed, so that the same logits always have the same intervals. */
    private static final long SEED = 1983;

    private final Calibration calibration;

    Evaluation(Calibration calibration) {
        this.calibration = calibration;
    }

    /**
     * @param split "grouped" or "random"
     * @param part such as "test"
     * @throws IllegalArgumentException if there are no images
     */
    EvaluationFigures of(String split, String part, List<LabelledLogits> images) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException(
                    "the %s part of the %s split is empty: add images, or give the part a larger share"
                            .formatted(part, split));
        }
        List<LabelledLogits> malignant = LabelledLogits.malignant(images);
        GroupBootstrap bootstrap = bootstrap(images);
        return new EvaluationFigures(
                split,
                part,
                malignancy(images, bootstrap),
                malignant.isEmpty() ? Optional.empty() : Optional.of(subtype(malignant)),
                fourClass(images, bootstrap));
    }

    private MalignancyFigures malignancy(List<LabelledLogits> images, GroupBootstrap bootstrap) {
        HeadLogits head = HeadLogits.ofMalignancy(images);
        ClassificationMetrics answers = head.classification(names(Malignancy.values()));
        return new MalignancyFigures(
                images.size(),
                bootstrap.groups(),
                bootstrap.figure(answers.recall(Malignancy.MALIGNANT.ordinal())),
                bootstrap.figure(answers.recall(Malignancy.BENIGN.ordinal())),
                bootstrap.figure(Auroc.of(head)),
                calibrationError(bootstrap, head, 1),
                calibrationError(bootstrap, head, calibration.malignancyTemperature()));
    }

    private SubtypeFigures subtype(List<LabelledLogits> malignant) {
        GroupBootstrap bootstrap = bootstrap(malignant);
        HeadLogits head = HeadLogits.ofSubtype(malignant);
        ClassificationMetrics answers = head.classification(names(Subtype.values()));
        return new SubtypeFigures(
                malignant.size(),
                bootstrap.groups(),
                bootstrap.figure(answers.accuracy()).orElseThrow(),
                perClass(answers, bootstrap),
                answers.confusion(),
                calibrationError(bootstrap, head, 1),
                calibrationError(bootstrap, head, calibration.subtypeTemperature()));
    }

    private static FourClassFigures fourClass(List<LabelledLogits> images, GroupBootstrap bootstrap) {
        ClassificationMetrics answers = fourClasses(images);
        return new FourClassFigures(
                images.size(),
                bootstrap.groups(),
                bootstrap.figure(answers.accuracy()).orElseThrow(),
                perClass(answers, bootstrap),
                answers.confusion());
    }

    /** The answers of both heads together. */
    static ClassificationMetrics fourClasses(List<LabelledLogits> images) {
        return new ClassificationMetrics(
                names(SmearClass.values()),
                images.stream().mapToInt(image -> image.truth().ordinal()).toArray(),
                images.stream().mapToInt(image -> image.answer().ordinal()).toArray());
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

    private static Figure calibrationError(GroupBootstrap bootstrap, HeadLogits head, double temperature) {
        return bootstrap.figure(ExpectedCalibrationError.of(head, temperature)).orElseThrow();
    }

    static GroupBootstrap bootstrap(List<LabelledLogits> images) {
        return new GroupBootstrap(
                images.stream().mapToInt(LabelledLogits::group).toArray(),
                images.stream().mapToInt(image -> image.truth().ordinal()).toArray(),
                SEED);
    }

    private static List<String> names(Enum<?>[] classes) {
        return Stream.of(classes).map(Enum::name).toList();
    }
}
