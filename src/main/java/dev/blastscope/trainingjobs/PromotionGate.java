package dev.blastscope.trainingjobs;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.training.HeldOutComparison;
import dev.blastscope.training.ModelComparison;
import dev.blastscope.training.TrainingProgress;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/**
 * The promotion gate between a trained candidate and the service: compares the candidate with the active model by what
 * each answers without having learned from the image or its like, and decides whether the candidate may replace the
 * active model. A candidate that cannot be compared does not pass.
 */
@Component
class PromotionGate {

    private static final Logger log = LoggerFactory.getLogger(PromotionGate.class);
    private static final double ERROR_OF_ALL_LOOKS = 0.05;

    private final Settings settings;
    private final ModelStore store;
    private final ModelComparison comparison;

    PromotionGate(Settings settings, ModelStore store, ModelComparison comparison) {
        this.settings = settings;
        this.store = store;
        this.comparison = comparison;
    }

    /**
     * Judges a candidate; activates nothing.
     *
     * @param active the model that it would replace, which need not be the active one
     * @param dataset the data set that it was trained on, or another
     * @param looks how many candidates were judged on this data set before: each look widens the intervals
     * @throws DatasetRejected if the data set cannot be used; the message says why
     * @throws NoSuchDevice if a network cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted
     */
    PromotionDecision judge(
            StoredModel candidate, StoredModel active, Path dataset, int looks, TrainingProgress progress)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        if (candidate.files().trainedOn().isEmpty()) {
            return uncompared(
                    candidate.version(),
                    active.version(),
                    "The candidate has no list of the images it was trained on, so no image is known to be new to it.");
        }
        if (looks >= settings.looks()) {
            return uncompared(
                    candidate.version(),
                    active.version(),
                    looks + " candidates were judged on this data set before, and the more are tried, the likelier one"
                            + " passes by luck. Add images of other slides or patients, or activate it with force and a"
                            + " reason.");
        }
        double confidence = confidence(looks);
        try {
            HeldOutComparison measured = comparison.compare(candidate, active, dataset, confidence, progress);
            Optional<StoredModel> reference = reference(candidate, active);
            Optional<HeldOutComparison> besideReference = reference.isPresent()
                    ? Optional.of(comparison.compare(candidate, reference.get(), dataset, confidence, progress))
                    : Optional.empty();
            return judge(
                    settings,
                    candidate.version(),
                    active.version(),
                    measured,
                    reference.map(StoredModel::version),
                    besideReference);
        } catch (InvalidWeights e) {
            return uncompared(
                    candidate.version(), active.version(), "The models cannot be compared. " + e.getMessage());
        }
    }

    /** A first look takes half of the 5 % error that all looks have between them, the next half of the rest. */
    private static double confidence(int looks) {
        return 1 - ERROR_OF_ALL_LOOKS / Math.pow(2, looks + 1.0);
    }

    /** What small losses are summed up against; empty where it is one of the two models, or cannot be had. */
    private Optional<StoredModel> reference(StoredModel candidate, StoredModel active) {
        String version = settings.reference();
        if (version.equals(active.version()) || version.equals(candidate.version())) {
            return Optional.empty();
        }
        try {
            return Optional.of(store.open(version));
        } catch (NoSuchModel | DamagedModel e) {
            log.warn("The promotion gate cannot compare with its reference, model {}. {}", version, e.getMessage());
            return Optional.empty();
        }
    }

    /** Judges what was measured. */
    static PromotionDecision judge(
            Settings settings,
            String candidate,
            String active,
            HeldOutComparison measured,
            Optional<String> reference,
            Optional<HeldOutComparison> besideReference) {
        List<PromotionDecision.Check> checks = new ArrayList<>(new PromotionChecks(settings, measured).all());
        reference.ifPresent(version -> besideReference.ifPresent(beside -> checks.addAll(
                new PromotionChecks(settings, beside).losses("reference-", " from reference " + version))));
        List<String> failed = checks.stream()
                .filter(check -> !check.passed())
                .map(PromotionDecision.Check::name)
                .toList();
        String unknown = measured.activeNotesItsTraining()
                ? ""
                : " Which images model " + active + " was trained on is not known: its figures are optimistic if it"
                        + " was trained on some of these.";
        String summary = failed.isEmpty()
                ? "Model " + candidate + " may replace model " + active + ": it passed every check."
                : "Model " + candidate + " may not replace model " + active + ": it failed " + String.join(", ", failed)
                        + ".";
        return new PromotionDecision(
                candidate, Optional.of(active), failed.isEmpty(), summary + unknown, checks, Optional.of(measured));
    }

    private static PromotionDecision uncompared(String candidate, String active, String reason) {
        return new PromotionDecision(
                candidate,
                Optional.of(active),
                false,
                "Model " + candidate + " may not become active. " + reason,
                List.of(),
                Optional.empty());
    }

    /**
     * What a candidate must show before it replaces the active model.
     *
     * @param margin the largest loss in sensitivity, in specificity and in four-class accuracy that the interval may
     *     leave possible, in [0, 1]: non-inferiority (Piaggio et al., JAMA 308, 2012). Where the models differ on no
     *     image there is no loss; one whose whole interval lies below 0 is never allowed
     * @param sensitivityFloor the minimum sensitivity of a candidate, whatever that of the active model is, in [0, 1]
     * @param calibrationMargin the largest rise of the calibration error over that of the active model, in [0, 1]
     * @param imagesPerClass the minimum number of test images of each class for a comparison
     * @param groupsPerClass the minimum number of groups of similar images, such as slides, that these must be of
     * @param reference a version that does not change with promotions: a candidate must not lose to it either, so that
     *     small losses cannot add up
     * @param looks how many candidates are judged on one data set; the error of the intervals is shared between them
     */
    @Validated
    @ConfigurationProperties("blastscope.promotion")
    record Settings(
            @DefaultValue("0.05") @DecimalMin("0") @DecimalMax("1")
            double margin,

            @DefaultValue("0.95") @DecimalMin("0") @DecimalMax("1")
            double sensitivityFloor,

            @DefaultValue("0.02") @DecimalMin("0") @DecimalMax("1")
            double calibrationMargin,

            @DefaultValue("20") @Min(1) int imagesPerClass,
            @DefaultValue("5") @Min(1) int groupsPerClass,
            @DefaultValue(EmbeddedModel.VERSION) String reference,
            @DefaultValue("8") @Min(1) @Max(20) int looks) {}
}
