package dev.blastscope.modelstore;

import java.util.OptionalLong;

/**
 * What the pointer of a store says.
 *
 * @param version a published version, or {@link EmbeddedModel#VERSION}
 * @param activation the number of the activation that moved the pointer there; empty if somebody else did, such as the
 *     command line or an editor
 */
public record ActiveVersion(String version, OptionalLong activation) {

    @Override
    public String toString() {
        return version + "\n" + (activation.isPresent() ? "activation " + activation.getAsLong() + "\n" : "");
    }
}
