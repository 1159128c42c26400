package dev.blastscope.training;

import dev.blastscope.modelstore.ModelCard.PrecisionComparison;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.training.HeldOutComparison.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether int8 features serve as well as fp32 ones: a paired test of non-inferiority (Piaggio et al., JAMA 308,
 * 2012) on the out-of-fold answers to the same images. Neither sensitivity nor specificity nor four-class accuracy may
 * be lower by more than {@value #MARGIN} at the lower end of the difference's 95 % interval. Where both answer every
 * image alike there is no difference, however few the images are.
 */
final class PrecisionCheck {

    static final double MARGIN = 0.02;

    private final List<String> compared = new ArrayList<>();
    private final List<String> worse = new ArrayList<>();

    private PrecisionCheck() {}

    static PrecisionComparison of(HeadTraining.Validated fp32, HeadTraining.Validated int8) {
        PrecisionCheck check = new PrecisionCheck();
        check.compare(fp32.calibrated().answers(), int8.calibrated().answers());
        return new PrecisionComparison(fp32.figures(), int8.figures(), check.worse.isEmpty(), check.summary());
    }

    /** The checks of answers to the same images, in the same order; the names of those that failed. */
    static List<String> failed(List<Answer> fp32, List<Answer> int8) {
        PrecisionCheck check = new PrecisionCheck();
        check.compare(fp32, int8);
        return check.worse;
    }

    private void compare(List<Answer> fp32, List<Answer> int8) {
        GroupBootstrap bootstrap = Evaluation.bootstrap(fp32);
        ClassificationMetrics exact = Evaluation.outcomes(fp32);
        ClassificationMetrics rounded = Evaluation.outcomes(int8);
        int malignant = Malignancy.MALIGNANT.ordinal();
        int benign = Malignancy.BENIGN.ordinal();
        check("sensitivity", bootstrap.difference(rounded.recall(malignant), exact.recall(malignant)));
        check("specificity", bootstrap.difference(rounded.recall(benign), exact.recall(benign)));
        check(
                "four-class accuracy",
                bootstrap.difference(
                        Evaluation.fourClasses(int8).accuracy(),
                        Evaluation.fourClasses(fp32).accuracy()));
    }

    private void check(String name, Optional<PairedDifference> measured) {
        measured.ifPresent(difference -> {
            compared.add(String.format(
                    Locale.ROOT,
                    "%s %.3f (fp32: %.3f; difference %+.3f, 95 %% interval %+.3f to %+.3f)",
                    name,
                    difference.candidate(),
                    difference.active(),
                    difference.value(),
                    difference.low(),
                    difference.high()));
            if (difference.differs() && difference.low() < -MARGIN) {
                worse.add(name);
            }
        });
    }

    private String summary() {
        return (worse.isEmpty()
                        ? "int8 does as well as fp32 on out-of-fold answers: "
                        : "int8 may do worse than fp32 on out-of-fold answers in " + String.join(", ", worse) + ": ")
                + String.join("; ", compared)
                + String.format(Locale.ROOT, ". A loss of up to %.2f is allowed, at the interval's lower end.", MARGIN);
    }
}
