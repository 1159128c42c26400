package dev.blastscope.training;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.modelstore.ModelCard.PrecisionComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides whether int8 features serve as well as fp32 ones: no figure may be worse than the 95 % interval of the same
 * figure in fp32.
 *
 * <p>Both are measured on validation images, so that the test images stay out of the choice.
 */
final class PrecisionCheck {

    private final List<String> compared = new ArrayList<>();
    private final List<String> worse = new ArrayList<>();

    private PrecisionCheck() {}

    static PrecisionComparison of(EvaluationFigures fp32, EvaluationFigures int8) {
        PrecisionCheck check = new PrecisionCheck();
        Figure exact = fp32.fourClass().accuracy();
        Figure rounded = int8.fourClass().accuracy();
        check.compare("four-class accuracy", exact, rounded, rounded.value() < exact.low());
        if (fp32.malignancy().sensitivity().isPresent()
                && int8.malignancy().sensitivity().isPresent()) {
            exact = fp32.malignancy().sensitivity().get();
            rounded = int8.malignancy().sensitivity().get();
            check.compare("sensitivity", exact, rounded, rounded.value() < exact.low());
        }
        exact = fp32.malignancy().eceAfter();
        rounded = int8.malignancy().eceAfter();
        check.compare("calibration error of malignancy", exact, rounded, rounded.value() > exact.high());
        return new PrecisionComparison(fp32, int8, check.worse.isEmpty(), check.summary());
    }

    private void compare(String name, Figure exact, Figure rounded, boolean isWorse) {
        compared.add(String.format(
                Locale.ROOT,
                "%s %.3f (fp32: %.3f, %.3f to %.3f)",
                name,
                rounded.value(),
                exact.value(),
                exact.low(),
                exact.high()));
        if (isWorse) {
            worse.add(name);
        }
    }

    private String summary() {
        return (worse.isEmpty()
                        ? "int8 does as well as fp32 on the validation images: "
                        : "int8 does worse than fp32 on the validation images in " + String.join(", ", worse) + ": ")
                + String.join("; ", compared) + ".";
    }
}
