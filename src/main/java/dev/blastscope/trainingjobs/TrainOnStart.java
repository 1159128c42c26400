package dev.blastscope.trainingjobs;

import dev.blastscope.assembly.BlastscopeSettings;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.inference.ModelPreparation;
import dev.blastscope.inference.UnusableModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelVersion;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.training.Candidate;
import dev.blastscope.training.ModelTraining;
import dev.blastscope.training.StartingBackbone;
import dev.blastscope.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Trains, publishes and activates a first model before the service is ready, if it is told to and no model is active.
 */
@Component
final class TrainOnStart implements ModelPreparation {

    private static final Logger log = LoggerFactory.getLogger(TrainOnStart.class);

    private final Settings settings;
    private final TrainingSettings trainingSettings;
    private final ModelStore store;
    private final ModelTraining training;
    private final ObjectProvider<StartingBackbone> backbone;

    TrainOnStart(
            Settings settings,
            TrainingSettings trainingSettings,
            ModelStore store,
            ModelTraining training,
            BlastscopeSettings shared,
            ObjectProvider<StartingBackbone> backbone) {
        this.settings = settings;
        this.trainingSettings = trainingSettings;
        this.store = store;
        this.training = training;
        this.backbone = backbone;
        if (shared.backbone() != null) {
            // A file that cannot be used must fail the start, and not a training days later.
            backbone.getObject();
            log.info("Trainings start from blastscope.backbone; the active model keeps its own backbone.");
        }
    }

    @Override
    public void prepare(Consumer<Map<String, Object>> health) throws Exception {
        Path dataset = settings.trainOnStart();
        if (dataset == null || store.pointer().isPresent()) {
            return;
        }
        log.info("No model is active: training a first one. The health endpoint shows the progress.");
        Candidate candidate = train(dataset, health);
        if (!candidate.problems().isEmpty()) {
            log.warn(
                    "{} files of the data set could not be used. The train command names each of them.",
                    candidate.problems().size());
        }
        ModelVersion version = candidate.publish(store);
        store.activate(version.toString());
        log.info(
                "Trained, published and activated model {}. As the first one it passed no promotion gate: read its figures"
                        + " in /api/v1/models/{}.",
                version,
                version);
    }

    private Candidate train(Path dataset, Consumer<Map<String, Object>> health)
            throws UnusableModel, InterruptedException {
        try {
            HealthProgress progress = new HealthProgress(health, training.stages(trainingSettings));
            return training.train(dataset, backbone.getObject(), List.of(), trainingSettings, progress);
        } catch (DatasetRejected | NoSuchDevice e) {
            throw new UnusableModel(e);
        }
    }

    /**
     * A training before the service is ready.
     *
     * @param trainOnStart a data set to train the first model on if none is active; no model is trained if it is absent
     */
    @ConfigurationProperties("blastscope")
    record Settings(@Nullable Path trainOnStart) {}
}
