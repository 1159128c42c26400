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
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The gate between a trained candidate and the service: compares it with the active model on smears that are new to both,
 * and says whether it may replace it.
 *
 * <p>What cannot be compared is not promoted, unless no model is active: then nothing can be lost.
 */
@Component
@EnableConfigurationProperties(PromotionSettings.class)
class PromotionRule {

    private final PromotionSettings settings;
    private final ModelStore store;
    private final ModelComparison comparison;

    PromotionRule(PromotionSettings settings, ModelStore store, ModelComparison comparison) {
        this.settings = settings;
        this.store = store;
        this.comparison = comparison;
    }

    /**
     * Judges a published version; nothing becomes active by it.
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
                    "The candidate does not note which images it was trained on, so none is known to be new to it.");
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
    static PromotionDecision judge(
            PromotionSettings settings, String candidate, String active, HeldOutComparison measured) {
        List<PromotionDecision.Check> checks = new PromotionChecks(settings, measured).all();
        List<String> failed = checks.stream()
                .filter(check -> !check.passed())
                .map(PromotionDecision.Check::name)
                .toList();
        String unknown = measured.activeNotesItsTraining()
                ? ""
                : " What model " + active + " was trained on is not known: it may have seen some of these images, which"
                        + " flatters it.";
        String summary = failed.isEmpty()
                ? "Model " + candidate + " may replace model " + active + ": it passed every check."
                : "Model " + candidate + " may not replace model " + active + ": it failed in "
                        + String.join(", ", failed) + ".";
        return new PromotionDecision(
                candidate, Optional.of(active), failed.isEmpty(), summary + unknown, checks, Optional.of(measured));
    }

    private static PromotionDecision uncompared(
            String candidate, Optional<String> active, boolean promoted, String reason) {
        String summary =
                "Model " + candidate + (promoted ? " may become active. " : " may not become active. ") + reason;
        return new PromotionDecision(candidate, active, promoted, summary, List.of(), Optional.empty());
    }
}
