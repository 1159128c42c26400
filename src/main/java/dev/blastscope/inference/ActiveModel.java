package dev.blastscope.inference;

import dev.blastscope.image.SmearImage;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.refusal.Refusal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The model that the service uses: loads and warms the first in the background, and replaces it by another without a
 * pause.
 *
 * <p>Safe for use by any number of threads.
 */
@Component
public final class ActiveModel implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ActiveModel.class);

    /** Below that of the web server: started before the first request, and stopped after the last. */
    private static final int PHASE = 0;

    private final ModelLoader loader;
    private final List<ModelPreparation> preparations;
    private final NetworkEngine engine;
    private final PredictionMetrics metrics;
    private final List<DriftWatch> drifts;
    private final int largestBatch;
    private final LoadingThread loadingThread = new LoadingThread();
    private volatile State state = new State.Loading(Map.of("stage", "starting"));
    private volatile @Nullable Thread loading;

    ActiveModel(
            ModelLoader loader,
            List<ModelPreparation> preparations,
            NetworkEngine engine,
            PredictionMetrics metrics,
            List<DriftWatch> drifts,
            InferenceSettings settings) {
        this.loader = loader;
        this.preparations = preparations;
        this.engine = engine;
        this.metrics = metrics;
        this.drifts = drifts;
        this.largestBatch = settings.batching().batch();
    }

    /** The active model; another may replace and close it at any time. */
    public ServingModel current() throws ModelNotReady {
        State now = state;
        if (now instanceof State.Ready ready) {
            return ready.model();
        }
        throw now instanceof State.Failed ? ModelNotReady.failed() : ModelNotReady.loading();
    }

    /**
     * Uses the active model and keeps it open meanwhile, even if another replaces it.
     *
     * @param use must not activate another model itself
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

    /** Whether the first model is still being prepared or loaded, or the service is stopping. */
    public boolean isLoading() {
        return state instanceof State.Loading;
    }

    /**
     * Loads a version beside the active model, and warms it up.
     *
     * @param version a version of the store, or the embedded one
     * @return a model to serve or to close
     * @throws Refusal if there is no such version, or it is damaged or cannot be served by this program
     */
    public ServingModel load(String version) throws Refusal {
        try {
            return loadingThread.load(() -> warm(loader.version(version)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The loading of model " + version + " was interrupted", e);
        }
    }

    /**
     * Makes a loaded model the active one, and returns once the previous one has finished its passes and is closed. No
     * request is refused meanwhile.
     *
     * @throws IllegalStateException if the service is stopping; the model is closed
     */
    public void serve(ServingModel next) {
        Optional<ServingModel> before;
        synchronized (this) {
            if (loading == null) {
                next.close();
                throw new IllegalStateException("The service is stopping, and activates no other model.");
            }
            before = state instanceof State.Ready ready ? Optional.of(ready.model()) : Optional.empty();
            show(next);
            state = new State.Ready(next);
        }
        before.ifPresent(ServingModel::close);
    }

    State state() {
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
        if (state instanceof State.Ready ready) {
            state = new State.Loading(Map.of("stage", "stopped"));
            ready.model().close();
        }
        loadingThread.finish();
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
                preparation.prepare(progress -> state = new State.Loading(progress));
            }
            state = new State.Loading(Map.of("stage", "loading the model"));
            log.info("Device: {}", engine.describe());
            log.info("Threads: {} for the forward pass", NativeRuntime.threads());
            serve(loadingThread.load(() -> warm(loader.active())));
        } catch (Exception e) {
            fail(e);
        }
    }

    private void show(ServingModel model) {
        String backbone = model.card().backbone().name();
        ModelIdentity identity = model.identity();
        log.info(
                "Model: {} in {}, {}, backbone {}",
                identity.version(),
                identity.precision(),
                identity.digest(),
                backbone);
        metrics.serve(identity, model.versionDigest(), backbone);
        drifts.forEach(drift -> drift.watch(model));
    }

    /** Runs the first passes, which are slow, before a request waits for them. */
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
        String reason = e.getMessage() == null ? "The log has the reason." : e.getMessage();
        state = new State.Failed(reason);
        if (e instanceof Refusal) {
            log.error("No model could be loaded. {}", reason);
        } else {
            log.error("No model could be loaded. {}", reason, e);
        }
    }

    /** The state of the active model. */
    sealed interface State {

        /**
         * The model is being prepared or loaded.
         *
         * @param progress for the health endpoint
         */
        record Loading(Map<String, Object> progress) implements State {}

        /** The model is loaded and warm. */
        record Ready(ServingModel model) implements State {}

        /**
         * There is no model, and there will be none before the operator acts.
         *
         * @param reason why, and what to do
         */
        record Failed(String reason) implements State {}
    }

    /**
     * The one thread that loads models.
     *
     * <p>glibc gives threads memory of their own and keeps for them what they free: models loaded on the threads of
     * requests would each leave the memory of a model behind, gigabytes after some activations.
     */
    private static final class LoadingThread {

        private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);

        private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread loader = new Thread(task, "model-maker");
            loader.setDaemon(true);
            return loader;
        });

        /** Waits for a model that is being made, as a JVM that ends under native code crashes. */
        void finish() {
            try {
                thread.submit(() -> {}).get(LONGEST_LOAD.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                log.warn("The service stops while it still loads a model.");
            }
        }

        ServingModel load(Callable<ServingModel> model) throws Refusal, InterruptedException {
            try {
                return thread.submit(model).get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Refusal refusal) {
                    throw refusal;
                }
                throw new IllegalStateException("Could not load a model", e.getCause());
            }
        }
    }
}
