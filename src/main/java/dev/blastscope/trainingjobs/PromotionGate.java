package dev.blastscope.trainingjobs;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.modelstore.DamagedModel;
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
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/**
 * The promotion gate between a trained candidate and the service: compares the candidate with the active model on
 * smears that are new to both, and decides whether the candidate may replace the active model.
 *
 * <p>A candidate that cannot be compared does not pass, unless no model is active: then nothing can be lost.
 */
@Component
class PromotionGate {

    private final Settings settings;
    private final ModelStore store;
    private final ModelComparison comparison;

    PromotionGate(Settings settings, ModelStore store, ModelComparison comparison) {
        this.settings = settings;
        this.store = store;
        this.comparison = comparison;
    }

    /**
     * Judges a published version; activates nothing.
     *
     * @param candidate the version
     * @param dataset the data set that it was trained on, or another
     * @throws NoSuchModel if there is no such version
     * @throws DamagedModel if the candidate is damaged
     * @throws DatasetRejected if the data set cannot be used; the message says why
     * @throws NoSuchDevice if a network cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted
     */
    PromotionDecision judge(String candidate, Path dataset, TrainingProgress progress)
            throws NoSuchModel, DamagedModel, DatasetRejected, NoSuchDevice, InterruptedException {
        StoredModel trained = store.open(candidate);
        StoredModel serving;
        try {
            Optional<String> active = store.active();
            if (active.isEmpty()) {
                return uncompared(
                        candidate, active, true, "No model was active, so there was nothing to compare with.");
            }
            serving = store.open(active.get());
        } catch (NoSuchModel | DamagedModel e) {
            return uncompared(
                    candidate, Optional.empty(), false, "There is nothing to compare with. " + e.getMessage());
        }
        return judge(trained, serving, dataset, progress);
    }

    /** Judges a candidate against a model that need not be the active one, such as the embedded one. */
    PromotionDecision judge(StoredModel candidate, StoredModel active, Path dataset, TrainingProgress progress)
            throws DatasetRejected, NoSuchDevice, InterruptedException {
        if (candidate.files().trainedOn().isEmpty()) {
            return uncompared(
                    candidate.version(),
                    Optional.of(active.version()),
                    false,
                    "The candidate has no list of the images it was trained on, so no image is known to be new to it.");
        }
        try {
            return judge(
                    settings,
                    candidate.version(),
                    active.version(),
                    comparison.compare(candidate, active, dataset, progress));
        } catch (InvalidWeights e) {
            return uncompared(
                    candidate.version(),
                    Optional.of(active.version()),
                    false,
                    "The models cannot be compared. " + e.getMessage());
        }
    }

    /** Judges what was measured. */
    static PromotionDecision judge(Settings settings, String candidate, String active, HeldOutComparison measured) {
        List<PromotionDecision.Check> checks = new PromotionChecks(settings, measured).all();
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

    private static PromotionDecision uncompared(
            String candidate, Optional<String> active, boolean promoted, String reason) {
        String summary =
                "Model " + candidate + (promoted ? " may become active. " : " may not become active. ") + reason;
        return new PromotionDecision(candidate, active, promoted, summary, List.of(), Optional.empty());
    }

    /**
     * What a candidate must show before it replaces the active model.
     *
     * @param margin the largest loss in sensitivity, in specificity and in four-class accuracy, in [0, 1]; a loss whose
     *     95 % interval lies below 0 is never allowed
     * @param marginOf what must stay within the margin: the measured difference (estimate), or the lower end of its
     *     interval (interval). The latter proves non-inferiority (Piaggio et al., JAMA 308, 2012) and takes test images
     *     of many groups
     * @param sensitivityFloor the minimum sensitivity of a candidate, whatever that of the active model is, in [0, 1]
     * @param calibrationMargin the largest rise of the calibration error over that of the active model, in [0, 1]
     * @param imagesPerClass the minimum number of test images of each class for a comparison
     */
    @Validated
    @ConfigurationProperties("blastscope.promotion")
    record Settings(
            @DefaultValue("0.02") @DecimalMin("0") @DecimalMax("1")
            double margin,

            @DefaultValue("ESTIMATE") MarginOf marginOf,

            @DefaultValue("0.95") @DecimalMin("0") @DecimalMax("1")
            double sensitivityFloor,

            @DefaultValue("0.02") @DecimalMin("0") @DecimalMax("1")
            double calibrationMargin,

            @DefaultValue("20") @Min(1) int imagesPerClass) {

        /** What of a difference must stay within the margin. */
        enum MarginOf {
            ESTIMATE,
            INTERVAL
        }
    }
}
