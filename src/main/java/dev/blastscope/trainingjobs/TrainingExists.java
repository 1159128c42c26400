package dev.blastscope.trainingjobs;

import java.util.UUID;

/** The very same training waits or runs already. */
public final class TrainingExists extends Exception {

    private static final long serialVersionUID = 1L;

    private final UUID id;

    TrainingExists(UUID id) {
        super(
                "The same training, of the same data set with the same settings, waits or runs already. Follow that one, or"
                        + " choose another seed.");
        this.id = id;
    }

    public UUID id() {
        return id;
    }
}
