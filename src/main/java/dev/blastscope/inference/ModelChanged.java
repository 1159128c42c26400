package dev.blastscope.inference;

import dev.blastscope.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;

/** Another model became active between the fields of one case. */
public final class ModelChanged extends Refusal {

    private static final long serialVersionUID = 1L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    ModelChanged() {
        super(
                "model-changed",
                "Another model became active between the fields of the case. Send it again; it was not decided.");
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }
}
