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

/** The model that this replica serves, and how another one replaces it. */
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

    boolean serves(String version) {
        return serving().map(ServingModel::version).filter(version::equals).isPresent();
    }

    /**
     * Loads and warms a version while the current model goes on serving.
     *
     * @throws Refusal if there is no such version, or it is damaged or cannot be served by this program
     */
    ServingModel load(String version) throws Refusal {
        shared.bring(version);
        return active.load(version);
    }

    /** Whether a version can be loaded, perhaps after it is fetched. */
    boolean exists(String version) {
        return EmbeddedModel.isEmbedded(version) || shared.exists(version);
    }

    /** Serves the loaded model of an activation from now on. */
    void serve(ServingModel model, Activation activation) {
        active.serve(model);
        metrics.swapped();
        settle(model, activation);
    }

    /** Serves the model of an activation, unless it does already. */
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

    /** Reports to the other replicas and to the metrics that this one serves what it should. */
    void report() {
        serving().ifPresent(replicas::report);
        metrics.agreed();
    }

    /** Reports to the other replicas that this one stops. */
    void leave() {
        replicas.leave();
    }

    private void settle(ServingModel model, Activation activation) {
        home.follow(activation);
        replicas.report(model);
        metrics.agreed();
    }

    /** Empty if none could be loaded. */
    private Optional<ServingModel> serving() {
        try {
            return Optional.of(active.current());
        } catch (ModelNotReady e) {
            return Optional.empty();
        }
    }

    private static boolean isOf(ServingModel model, Activation activation) {
        return model.version().equals(activation.version())
                && (EmbeddedModel.isEmbedded(model.version())
                        || model.versionDigest().equals(activation.digest()));
    }
}
