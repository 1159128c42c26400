package dev.blastscope.inference;

import dev.blastscope.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;

/** No model is loaded yet, or none could be. */
public final class ModelNotReady extends Refusal {

    private static final long serialVersionUID = 1L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private ModelNotReady(String message) {
        super("model-not-ready", message);
    }

    /** The first model is still being loaded. */
    public static ModelNotReady loading() {
        return new ModelNotReady("The model is still being loaded. Try again in a moment.");
    }

    static ModelNotReady failed() {
        return new ModelNotReady(
                "No model could be loaded. The operator finds the reason in the health endpoint and the log.");
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }
}
