package dev.blastscope.trainingjobs;

import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.releases.Publications;
import dev.blastscope.releases.Releases;
import dev.blastscope.training.Candidate;
import dev.blastscope.training.ModelAdaptation;
import dev.blastscope.training.ModelTraining;
import dev.blastscope.training.StartingBackbone;
import dev.blastscope.training.TrainingProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What a training job does: trains or adapts, publishes, lets the gate judge, and activates what may be. */
@Component
class TrainingWork {

    private final ModelTraining training;
    private final ModelAdaptation adaptation;
    private final ObjectProvider<StartingBackbone> backbone;
    private final ModelStore store;
    private final Publications publications;
    private final PromotionRule rule;
    private final Releases releases;

    TrainingWork(
            ModelTraining training,
            ModelAdaptation adaptation,
            ObjectProvider<StartingBackbone> backbone,
            ModelStore store,
            Publications publications,
            PromotionRule rule,
            Releases releases) {
        this.training = training;
        this.adaptation = adaptation;
        this.backbone = backbone;
        this.store = store;
        this.publications = publications;
        this.rule = rule;
        this.releases = releases;
    }

    /** Goes on behind what an earlier attempt has published. */
    void run(Training job, Path folder, Optional<Path> original, TrainingAttempt attempt, WatchedThread thread)
            throws Exception {
        StoredModel serving = serving();
        String version = version(job, folder, original, serving, attempt, thread);
        Path judged = original.orElse(folder);
        PromotionDecision verdict =
                thread.compute(() -> rule.judge(publications.open(version), serving, judged, thread.progress()));
        attempt.judged(verdict);
        if (verdict.promoted() && job.order().autoPromote()) {
            releases.activate(version, verdict.summary());
            attempt.activated();
        }
    }

    /** What an earlier attempt published, also if it was killed before it could note that; else what is trained now. */
    private String version(
            Training job,
            Path folder,
            Optional<Path> original,
            StoredModel serving,
            TrainingAttempt attempt,
            WatchedThread thread)
            throws Exception {
        if (job.version().isPresent()) {
            return job.version().get();
        }
        String id = job.id().toString();
        Optional<String> unnoted = publications.ofTraining(id);
        String version = unnoted.isPresent()
                ? unnoted.get()
                : publications.publish(
                        thread.compute(() -> candidate(job.order(), folder, original, serving, thread.progress()))
                                .ofTraining(id)::publish);
        attempt.published(version, TrainingReport.of(store.card(version).card()));
        return version;
    }

    private Candidate candidate(
            TrainingOrder order, Path folder, Optional<Path> original, StoredModel serving, TrainingProgress progress)
            throws Exception {
        return switch (order.mode()) {
            case TRAINING ->
                training.train(
                        folder,
                        backbone.getObject(),
                        List.of(),
                        order.settings(),
                        serving.files().trainedOn().map(TrainingImageIndex::read),
                        progress);
            case ADAPTATION -> adaptation.adapt(serving, folder, original, order.settings(), order.anchor(), progress);
        };
    }

    /** The model that answers now: the active one, or the embedded one where none is. */
    private StoredModel serving() throws NoSuchModel, DamagedModel {
        return store.open(store.active().orElse(EmbeddedModel.VERSION));
    }
}
