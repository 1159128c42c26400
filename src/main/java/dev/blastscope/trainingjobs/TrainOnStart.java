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
import dev.blastscope.training.TrainingProgress;
import dev.blastscope.training.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Trains, publishes and activates a first model before the service is ready, where it is told to and none is active. */
@Component
final class TrainOnStart implements ModelPreparation {

    private static final Logger log = LoggerFactory.getLogger(TrainOnStart.class);

    private final RetrainingSettings settings;
    private final TrainingSettings trainingSettings;
    private final ModelStore store;
    private final ModelTraining training;
    private final ObjectProvider<StartingBackbone> backbone;

    TrainOnStart(
            RetrainingSettings settings,
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
            log.info("Trainings start from blastscope.backbone; a model in service keeps its own backbone.");
        }
    }

    @Override
    public void prepare(Consumer<Map<String, Object>> progress) throws Exception {
        Path dataset = settings.trainOnStart();
        if (dataset == null || store.pointer().isPresent()) {
            return;
        }
        log.info("No model is active: training a first one. The health endpoint shows how far it is.");
        Candidate candidate = train(dataset, new HealthProgress(progress));
        if (!candidate.problems().isEmpty()) {
            log.warn(
                    "{} files of the data set could not be used. The train command names each of them.",
                    candidate.problems().size());
        }
        ModelVersion version = candidate.publish(store);
        store.activate(version.toString());
        log.info("Trained, published and activated model {}", version);
    }

    private Candidate train(Path dataset, TrainingProgress progress) throws UnusableModel, InterruptedException {
        try {
            return training.train(dataset, backbone.getObject(), List.of(), trainingSettings, progress);
        } catch (DatasetRejected | NoSuchDevice e) {
            throw new UnusableModel(e);
        }
    }
}
