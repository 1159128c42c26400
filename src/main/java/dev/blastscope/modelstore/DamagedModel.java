package dev.blastscope.modelstore;

import dev.blastscope.refusal.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A model, or the pointer to the active one, is not what was written; the message says why and what to do. */
public final class DamagedModel extends Refusal {

    private static final long serialVersionUID = 1L;

    private static final String DETAIL =
            "The files of this model are damaged. The log of the service says which file, and how to repair it.";

    DamagedModel(String message, @Nullable Throwable cause) {
        super("damaged-model", message, cause);
    }

    DamagedModel(ModelSource source, FileDamage damage) {
        this("Model %s is damaged: %s. %s".formatted(source.version(), damage.getMessage(), source.remedy()), damage);
    }

    /** Names no file, as the message does. */
    @Override
    public String detail() {
        return DETAIL;
    }

    /** What is wrong with one file, before it is known of which model. */
    static final class FileDamage extends Exception {

        private static final long serialVersionUID = 1L;

        FileDamage(String file, String problem) {
            super(file + " " + problem);
        }

        FileDamage(String file, IOException unreadable) {
            super(file + " cannot be read", unreadable);
        }
    }
}
