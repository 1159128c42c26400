package dev.blastscope.trainingjobs;

import dev.blastscope.prediction.SmearClass;
import dev.blastscope.training.HeldOutComparison;
import dev.blastscope.training.HeldOutComparison.PairedDifference;
import dev.blastscope.trainingjobs.PromotionDecision.Check;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a candidate must show, one check after the other; with too few images only the first is made. */
record PromotionChecks(PromotionGate.Settings settings, HeldOutComparison measured) {

    List<Check> all() {
        Check enough = enoughImages();
        if (!enough.passed()) {
            return List.of(enough);
        }
        List<Check> checks = new ArrayList<>(List.of(enough));
        measured.sensitivity().ifPresent(sensitivity -> checks.add(sensitivityFloor(sensitivity)));
        checks.addAll(losses("", ""));
        measured.calibrationError().ifPresent(difference -> checks.add(calibration(difference)));
        return checks;
    }

    /**
     * That nothing is lost beside one other model.
     *
     * @param prefix of the checks' names
     * @param beside names the other model in their sentences; empty for the active one
     */
    List<Check> losses(String prefix, String beside) {
        List<Check> checks = new ArrayList<>();
        measured.sensitivity()
                .ifPresent(loss -> checks.add(noLoss(prefix + "sensitivity", "Sensitivity" + beside, loss)));
        measured.specificity()
                .ifPresent(loss -> checks.add(noLoss(prefix + "specificity", "Specificity" + beside, loss)));
        measured.accuracy()
                .ifPresent(loss -> checks.add(noLoss(prefix + "accuracy", "Four-class accuracy" + beside, loss)));
        return checks;
    }

    private Check enoughImages() {
        String scarce = Stream.of(SmearClass.values())
                .flatMap(smearClass -> missing(smearClass).stream())
                .collect(Collectors.joining("; "));
        String counted = Stream.of(SmearClass.values())
                .map(smearClass -> images(smearClass) + " " + name(smearClass) + " in " + groups(smearClass))
                .collect(Collectors.joining(", "));
        String sentence = scarce.isEmpty()
                ? "Both models were measured on " + counted + " groups, " + whoseAnswersAreFresh()
                        + " by answers that it gave without having learned from them."
                : "Too few images can be compared (" + counted + " groups): " + scarce + "." + knownToActive();
        return new Check("test-images", scarce.isEmpty(), sentence, Optional.empty());
    }

    private Optional<String> missing(SmearClass smearClass) {
        int images = settings.imagesPerClass() - images(smearClass);
        int groups = settings.groupsPerClass() - groups(smearClass);
        if (images <= 0 && groups <= 0) {
            return Optional.empty();
        }
        String of = " of class " + name(smearClass);
        String groupsOf = groups + (groups == 1 ? " further slide or patient" : " further slides or patients");
        String imagesOf = "add " + images + (images == 1 ? " image" : " images") + of;
        return Optional.of(
                images <= 0
                        ? "add images" + of + " from " + groupsOf
                        : groups <= 0 ? imagesOf : imagesOf + ", from " + groupsOf);
    }

    private int images(SmearClass smearClass) {
        return measured.images().getOrDefault(smearClass, 0);
    }

    private int groups(SmearClass smearClass) {
        return measured.groupsByClass().getOrDefault(smearClass, 0);
    }

    private String whoseAnswersAreFresh() {
        return measured.activeNotesItsTraining() ? "each" : "the candidate";
    }

    private String knownToActive() {
        return measured.knownToActive() == 0
                ? ""
                : " " + measured.knownToActive()
                        + " more are of groups that the active model learned from and has no out-of-fold answers for.";
    }

    private Check sensitivityFloor(PairedDifference sensitivity) {
        boolean passed = sensitivity.candidate() >= settings.sensitivityFloor();
        return new Check(
                "sensitivity-floor",
                passed,
                text(
                        "Sensitivity is %.3f, %s the floor of %.3f.",
                        sensitivity.candidate(), passed ? "not below" : "below", settings.sensitivityFloor()),
                Optional.of(sensitivity));
    }

    private Check noLoss(String name, String title, PairedDifference difference) {
        boolean significant = difference.high() < 0;
        boolean kept = !difference.differs() || difference.low() >= -settings.margin();
        String found = significant
                ? "a significant loss"
                : kept ? "no loss beyond the margin" : "a loss beyond the margin cannot be ruled out";
        return new Check(
                name,
                !significant && kept,
                course(title, difference)
                        + text(": %s; the margin is %.3f at the interval's lower end.", found, settings.margin()),
                Optional.of(difference));
    }

    private Check calibration(PairedDifference error) {
        boolean passed = error.value() <= settings.calibrationMargin();
        return new Check(
                "calibration",
                passed,
                course("The calibration error of malignancy", error)
                        + text(
                                ": %s; it may rise by %.3f.",
                                passed ? "not worse than allowed" : "worse than allowed", settings.calibrationMargin()),
                Optional.of(error));
    }

    private String course(String title, PairedDifference difference) {
        return text(
                "%s goes from %.3f to %.3f (%+.3f, %s %% interval %+.3f to %+.3f, %d images in %s)",
                title,
                difference.active(),
                difference.candidate(),
                difference.value(),
                percent(measured.confidence()),
                difference.low(),
                difference.high(),
                difference.n(),
                difference.groups() == 1 ? "1 group" : difference.groups() + " groups");
    }

    private static String percent(double confidence) {
        return BigDecimal.valueOf(100 * confidence)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String name(SmearClass smearClass) {
        return smearClass.name().toLowerCase(Locale.ROOT);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
