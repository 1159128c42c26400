package dev.blastscope.modelstore;

import dev.blastscope.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** A model, or the pointer to the active one, is not what was written; the message says why and what to do. */
public final class DamagedModel extends Refusal {

    private static final long serialVersionUID = 1L;

    private static final String DETAIL =
            "The files of this model are damaged. The log of the service says which file, and how to repair it.";

    DamagedModel(String message, @Nullable Throwable cause) {
        super("damaged-model", message, cause);
    }

    /** Names no file, as the message does. */
    @Override
    public String detail() {
        return DETAIL;
    }
}
