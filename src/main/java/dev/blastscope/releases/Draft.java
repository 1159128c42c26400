package dev.blastscope.releases;

import dev.blastscope.modelstore.EmbeddedModel;
import java.util.Optional;

/** An activation that has neither a number nor a time yet; what it says is as in {@link Activation}. */
record Draft(String version, String digest, String actor, String why, Optional<Long> previous) {

    boolean isEmbedded() {
        return version.equals(EmbeddedModel.VERSION);
    }
}
