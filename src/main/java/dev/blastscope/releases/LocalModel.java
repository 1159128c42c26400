package dev.blastscope.releases;

import dev.blastscope.inference.ActiveModel;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.refusal.Refusal;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The model that this replica serves, and how it comes to another one. */
@Component
class LocalModel {

    private static final Logger log = LoggerFactory.getLogger(LocalModel.class);

    private final ActiveModel active;
    private final SharedModels shared;
    private final ActivePointerSync home;
    private final Replicas replicas;
    private final ReleaseMetrics metrics;

    LocalModel(
            ActiveModel active,
            SharedModels shared,
            ActivePointerSync home,
            Replicas replicas,
            ReleaseMetrics metrics) {
        this.active = active;
        this.shared = shared;
        this.home = home;
        this.replicas = replicas;
        this.metrics = metrics;
    }

    boolean isLoading() {
        return active.isLoading();
    }

    /** @throws ModelNotReady while the first model is being loaded */
    void requireLoaded() throws ModelNotReady {
        if (isLoading()) {
            throw ModelNotReady.loading();
        }
    }

    /** Empty if none could be loaded. */
    Optional<ServingModel> serving() {
        try {
            return Optional.of(active.current());
        } catch (ModelNotReady e) {
            return Optional.empty();
        }
    }

    /**
     * Loads and warms a version while the present one answers.
     *
     * @throws Refusal if there is no such version, or it is damaged or cannot be served by this program
     */
    ServingModel load(String version) throws Refusal {
        shared.bring(version);
        return active.load(version);
    }

    /** Lets the loaded model of an activation answer. */
    void serve(ServingModel model, Activation activation) {
        active.serve(model);
        metrics.swapped();
        settle(model, activation);
    }

    /** Serves what an activation says, if it does not already. */
    void follow(Activation activation) throws Refusal {
        Optional<ServingModel> serving = serving().filter(model -> isOf(model, activation));
        if (serving.isPresent()) {
            settle(serving.get(), activation);
            return;
        }
        ServingModel next = load(activation.version());
        if (!isOf(next, activation)) {
            next.close();
            throw ReleaseRefused.versionTaken(activation.version());
        }
        serve(next, activation);
        log.info(
                "Following activation {} of model {} by {}", activation.id(), activation.version(), activation.actor());
    }

    private void settle(ServingModel model, Activation activation) {
        home.follow(activation);
        replicas.sign(model);
        metrics.agreed();
    }

    /** Each program has its own embedded model. */
    private static boolean isOf(ServingModel model, Activation activation) {
        return model.version().equals(activation.version())
                && (model.version().equals(EmbeddedModel.VERSION)
                        || model.digest().equals(activation.digest()));
    }
}
