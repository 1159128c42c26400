package dev.blastscope.releases;

import dev.blastscope.inference.ActiveModel;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.inference.UnusableModel;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.web.RequestRefused;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
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

    static RequestRefused anotherModel(String version) {
        return new RequestRefused(
                HttpStatus.CONFLICT,
                "version-taken",
                "Another model was published as " + version
                        + " on another replica. Publish this one again, which gives it" + " a new name.");
    }

    boolean isLoading() {
        return active.isLoading();
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
     * @throws RequestRefused if this program cannot serve it
     */
    ServingModel load(String version) throws NoSuchModel, DamagedModel {
        shared.bring(version);
        try {
            return active.load(version);
        } catch (UnusableModel e) {
            if (e.getCause() instanceof NoSuchModel none) {
                throw none;
            }
            if (e.getCause() instanceof DamagedModel damaged) {
                throw damaged;
            }
            throw new RequestRefused(
                    HttpStatus.UNPROCESSABLE_CONTENT, "unusable-model", String.valueOf(e.getMessage()));
        }
    }

    /** Lets the loaded model of an activation answer. */
    void serve(ServingModel model, Activation activation) {
        active.serve(model);
        metrics.swapped();
        settle(model, activation);
    }

    /** Serves what an activation says, if it does not already. */
    void follow(Activation activation) throws NoSuchModel, DamagedModel {
        Optional<ServingModel> serving = serving().filter(model -> isOf(model, activation));
        if (serving.isPresent()) {
            settle(serving.get(), activation);
            return;
        }
        ServingModel next = load(activation.version());
        if (!isOf(next, activation)) {
            next.close();
            throw anotherModel(activation.version());
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
