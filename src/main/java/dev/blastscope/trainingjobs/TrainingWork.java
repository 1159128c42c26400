package dev.blastscope.trainingjobs;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.LabelledImage;
import dev.blastscope.keptimages.KeptImages;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.modelstore.TrainingImageIndex;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.releases.Publications;
import dev.blastscope.releases.Releases;
import dev.blastscope.training.Candidate;
import dev.blastscope.training.ModelAdaptation;
import dev.blastscope.training.ModelComparison;
import dev.blastscope.training.ModelTraining;
import dev.blastscope.training.StartingBackbone;
import dev.blastscope.training.TrainingProgress;
import dev.blastscope.training.TrainingProgress.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What a training job does: trains or adapts, publishes, passes the model through the promotion gate, and activates it.
 */
@Component
class TrainingWork {

    private static final Logger log = LoggerFactory.getLogger(TrainingWork.class);

    private final ModelTraining training;
    private final ModelAdaptation adaptation;
    private final ObjectProvider<StartingBackbone> backbone;
    private final ModelStore store;
    private final Publications publications;
    private final PromotionGate gate;
    private final Releases releases;
    private final KeptImages keptImages;

    TrainingWork(
            ModelTraining training,
            ModelAdaptation adaptation,
            ObjectProvider<StartingBackbone> backbone,
            ModelStore store,
            Publications publications,
            PromotionGate gate,
            Releases releases,
            KeptImages keptImages) {
        this.training = training;
        this.adaptation = adaptation;
        this.backbone = backbone;
        this.store = store;
        this.publications = publications;
        this.gate = gate;
        this.releases = releases;
        this.keptImages = keptImages;
    }

    /** The stages of a job, in order, without the fetching of its data sets. */
    List<Stage> stages(Training job) throws NoSuchDevice, NoSuchModel, DamagedModel {
        List<Stage> stages = new ArrayList<>();
        if (job.version().isEmpty()) {
            stages.addAll(
                    switch (job.order().mode()) {
                        case TRAINING -> training.stages(job.order().settings());
                        case ADAPTATION ->
                            adaptation.stages(
                                    store.card(activeVersion()).renditions().keySet(),
                                    job.order().settings(),
                                    job.order().original().isPresent());
                    });
        }
        stages.addAll(ModelComparison.STAGES);
        return stages;
    }

    /**
     * Goes on from what an earlier attempt has published.
     *
     * @return why the model was not activated, if it passed the promotion gate and was to be
     */
    Optional<String> run(
            Training job, Path folder, Optional<Path> original, TrainingRecords.Attempt attempt, WatchedThread thread)
            throws Exception {
        StoredModel active = active();
        String version = version(job, folder, original, active, attempt, thread);
        int looks = attempt.looks();
        PromotionDecision decision =
                thread.compute(() -> gate.judge(publications.open(version), active, folder, looks, thread.progress()));
        attempt.judged(decision);
        return decision.promoted() && job.order().autoPromote()
                ? activate(version, decision, attempt)
                : Optional.empty();
    }

    /** The job has done its work even if this is refused: another decision came first, and stands. */
    private Optional<String> activate(String version, PromotionDecision decision, TrainingRecords.Attempt attempt) {
        try {
            releases.activate(version, decision.summary());
        } catch (Refusal e) {
            log.warn("Model {} passed the promotion gate, but was not activated. {}", version, e.getMessage());
            return Optional.of("The model was published as " + version
                    + " and passed the promotion gate, but was not activated. " + e.getMessage());
        }
        attempt.activated();
        return Optional.empty();
    }

    /**
     * What an earlier attempt published, even if it was killed before it could record that; else what is trained now.
     */
    private String version(
            Training job,
            Path folder,
            Optional<Path> original,
            StoredModel active,
            TrainingRecords.Attempt attempt,
            WatchedThread thread)
            throws Exception {
        if (job.version().isPresent()) {
            return job.version().get();
        }
        String id = job.id().toString();
        Optional<String> published = publications.ofTraining(id);
        String version = published.isPresent()
                ? published.get()
                : publications.publish(
                        thread.compute(() -> candidate(job.order(), folder, original, active, thread.progress()))
                                .ofTraining(id)::publish);
        attempt.published(version, Training.Report.of(store.card(version).card()));
        if (!keptImages.isKeeping()) {
            return version;
        }
        return thread.compute(() -> {
            keptImages.keepThumbnails(Dataset.read(folder).images().stream()
                    .map(LabelledImage::path)
                    .toList());
            return version;
        });
    }

    private Candidate candidate(
            Training.Order order, Path folder, Optional<Path> original, StoredModel active, TrainingProgress progress)
            throws Exception {
        return switch (order.mode()) {
            case TRAINING ->
                training.train(
                        folder,
                        backbone.getObject(),
                        List.of(),
                        order.settings(),
                        active.files().trainedOn().map(TrainingImageIndex::read),
                        progress);
            case ADAPTATION ->
                adaptation.adapt(active, folder, original, order.settings(), order.l2spStrength(), progress);
        };
    }

    private StoredModel active() throws NoSuchModel, DamagedModel {
        return store.open(activeVersion());
    }

    /** The active model's version, or the embedded one's if none is. */
    private String activeVersion() throws DamagedModel {
        return store.active().orElse(EmbeddedModel.VERSION);
    }
}
