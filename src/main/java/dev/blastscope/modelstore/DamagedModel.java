package dev.blastscope.modelstore;

import org.jspecify.annotations.Nullable;

/** A model, or the pointer to the active one, is not what was written; the message says why and what to do. */
public final class DamagedModel extends Exception {

    DamagedModel(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
