package dev.blastscope.trainingjobs;

import dev.blastscope.prediction.SmearClass;
import dev.blastscope.training.HeldOutComparison;
import dev.blastscope.training.HeldOutComparison.PairedDifference;
import dev.blastscope.trainingjobs.PromotionDecision.Check;
import dev.blastscope.trainingjobs.PromotionGate.Settings.MarginOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a candidate must show, one check after the other; with too few images only the first is made. */
record PromotionChecks(PromotionGate.Settings settings, HeldOutComparison measured) {

    List<Check> all() {
        Check enough = enoughImages();
        if (!enough.passed()) {
            return List.of(enough);
        }
        List<Check> checks = new ArrayList<>(List.of(enough));
        measured.sensitivity().ifPresent(sensitivity -> checks.add(sensitivityFloor(sensitivity)));
        measured.sensitivity().ifPresent(difference -> checks.add(noLoss("sensitivity", "Sensitivity", difference)));
        measured.specificity().ifPresent(difference -> checks.add(noLoss("specificity", "Specificity", difference)));
        measured.accuracy().ifPresent(difference -> checks.add(noLoss("accuracy", "Four-class accuracy", difference)));
        measured.calibrationError().ifPresent(difference -> checks.add(calibration(difference)));
        return checks;
    }

    private Check enoughImages() {
        List<String> scarce = measured.images().entrySet().stream()
                .filter(images -> images.getValue() < settings.imagesPerClass())
                .map(images -> images.getValue() + " " + name(images.getKey()))
                .toList();
        String counted = measured.images().entrySet().stream()
                .map(images -> images.getValue() + " " + name(images.getKey()))
                .collect(Collectors.joining(", "));
        String sentence = scarce.isEmpty()
                ? "Both models were measured on " + counted + " images in " + measured.groups() + " groups, new to "
                        + learners() + "."
                : "Too few test images are new to " + learners() + ": " + String.join(", ", scarce) + ", and "
                        + settings.imagesPerClass() + " of each class are needed." + knownToActive();
        return new Check("test-images", scarce.isEmpty(), sentence, Optional.empty());
    }

    private String learners() {
        return measured.activeNotesItsTraining() ? "both models" : "the candidate";
    }

    private String knownToActive() {
        return measured.knownToActive() == 0
                ? " Add images."
                : " " + measured.knownToActive()
                        + " more belong to groups that the active model was trained on: train with the seed"
                        + " of the active model, or add images.";
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
        boolean ofInterval = settings.marginOf() == MarginOf.INTERVAL;
        boolean kept = (ofInterval ? difference.low() : difference.value()) >= -settings.margin();
        String found = significant
                ? "a significant loss"
                : kept ? "no significant loss" : ofInterval ? "a loss beyond the margin cannot be ruled out" : "a loss";
        return new Check(
                name,
                !significant && kept,
                course(title, difference)
                        + text(
                                ": %s; the margin is %.3f of the %s.",
                                found, settings.margin(), ofInterval ? "interval's lower end" : "difference"),
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

    private static String course(String title, PairedDifference difference) {
        return text(
                "%s goes from %.3f to %.3f (%+.3f, 95 %% interval %+.3f to %+.3f, %d images in %s)",
                title,
                difference.active(),
                difference.candidate(),
                difference.value(),
                difference.low(),
                difference.high(),
                difference.n(),
                difference.groups() == 1 ? "1 group" : difference.groups() + " groups");
    }

    private static String name(SmearClass smearClass) {
        return smearClass.name().toLowerCase(Locale.ROOT);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
