package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.refusal.Refusal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The one holder of the network: loads and warms it in the background, says how far it is, and lets another take its place.
 *
 * <p>Safe for use by any number of threads.
 */
@Component
public final class ActiveModel implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ActiveModel.class);

    /** Below the web server's: the model is there before the first request and goes after the last. */
    private static final int PHASE = 0;

    private final ModelLoader loader;
    private final List<ModelPreparation> preparations;
    private final NetworkEngine engine;
    private final PredictionMetrics metrics;
    private final ConfidenceDrift drift;
    private final int largestBatch;
    private final LoadingThread making = new LoadingThread();
    private volatile ModelState state = new ModelState.Loading(Map.of("stage", "starting"));
    private volatile @Nullable Thread loading;

    ActiveModel(
            ModelLoader loader,
            List<ModelPreparation> preparations,
            NetworkEngine engine,
            PredictionMetrics metrics,
            ConfidenceDrift drift,
            InferenceSettings settings) {
        this.loader = loader;
        this.preparations = preparations;
        this.engine = engine;
        this.metrics = metrics;
        this.drift = drift;
        this.largestBatch = settings.batching().batch();
    }

    /** The model that answers now; another may take its place, and close it, at any time. */
    public ServingModel current() throws ModelNotReady {
        ModelState now = state;
        if (now instanceof ModelState.Ready ready) {
            return ready.model();
        }
        throw now instanceof ModelState.Failed ? ModelNotReady.failed() : ModelNotReady.loading();
    }

    /**
     * Uses the model that answers now and keeps it open meanwhile, also if another takes its place.
     *
     * @param use must not serve another model itself
     * @throws ModelNotReady if none is loaded
     */
    public <R> R use(Function<ServingModel, R> use) throws ModelNotReady {
        while (true) {
            Optional<R> result = current().whileOpen(use);
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    /** Whether the first model is still being made or loaded, or the service stops. */
    public boolean isLoading() {
        return state instanceof ModelState.Loading;
    }

    /**
     * Loads a version beside the model that answers, and warms it up.
     *
     * @param version a version of the store, or the embedded one
     * @return a model to serve or to close
     * @throws Refusal if there is no such version, or it is damaged or cannot be served by this program
     */
    public ServingModel load(String version) throws Refusal {
        try {
            return making.make(() -> warm(loader.version(version)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The loading of model " + version + " was interrupted", e);
        }
    }

    /**
     * Lets a loaded model answer from now on, and returns once the one before has finished its passes and is closed. No
     * request is refused for it.
     *
     * @throws IllegalStateException if the service stops; the model is closed
     */
    public void serve(ServingModel next) {
        Optional<ServingModel> before;
        synchronized (this) {
            if (loading == null) {
                next.close();
                throw new IllegalStateException("The service stops, and serves no other model.");
            }
            before = state instanceof ModelState.Ready ready ? Optional.of(ready.model()) : Optional.empty();
            show(next);
            state = new ModelState.Ready(next);
        }
        before.ifPresent(ServingModel::close);
    }

    ModelState state() {
        return state;
    }

    @Override
    public void start() {
        Thread thread = new Thread(this::load, "model-loader");
        thread.setDaemon(true);
        loading = thread;
        thread.start();
    }

    @Override
    public synchronized void stop() {
        Thread thread = loading;
        if (thread != null) {
            thread.interrupt();
        }
        loading = null;
        if (state instanceof ModelState.Ready ready) {
            state = new ModelState.Loading(Map.of("stage", "stopped"));
            ready.model().close();
        }
    }

    @Override
    public boolean isRunning() {
        return loading != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void load() {
        try {
            for (ModelPreparation preparation : preparations) {
                preparation.prepare(progress -> state = new ModelState.Loading(progress));
            }
            state = new ModelState.Loading(Map.of("stage", "loading the model"));
            log.info("Device: {}", engine.describe());
            log.info("Threads: {} for the forward pass", NativeRuntime.threads());
            serve(making.make(() -> warm(loader.active())));
        } catch (Exception e) {
            fail(e);
        }
    }

    private void show(ServingModel model) {
        String backbone = model.card().backbone().name();
        log.info("Model: {}, {}, backbone {}", model.version(), model.digest(), backbone);
        metrics.serve(model.version(), model.digest(), backbone);
        drift.watch(model.digest(), model.card().confidences());
    }

    /** Runs the first, slow passes before anybody waits for them. */
    private ServingModel warm(ServingModel model) {
        SmearImage blank =
                SmearImage.ofRgb(new byte[3 * SmearImage.SIDE * SmearImage.SIDE], SmearImage.SIDE, SmearImage.SIDE);
        try {
            model.predict(List.of(blank));
            model.predict(Collections.nCopies(largestBatch, blank));
            return model;
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private void fail(Exception e) {
        if (Thread.currentThread().isInterrupted() || loading == null) {
            return;
        }
        String reason = e.getMessage() == null ? "The log tells why." : e.getMessage();
        state = new ModelState.Failed(reason);
        if (e instanceof Refusal) {
            log.error("There is no model to serve. {}", reason);
        } else {
            log.error("There is no model to serve. {}", reason, e);
        }
    }
}
