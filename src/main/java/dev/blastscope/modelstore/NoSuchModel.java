package dev.blastscope.modelstore;

import dev.blastscope.refusal.Refusal;
import dev.blastscope.refusal.UntrustedText;

/** There is no model version of the requested name. */
public final class NoSuchModel extends Refusal {

    private static final long serialVersionUID = 1L;

    NoSuchModel(String name) {
        super(
                "no-such-model",
                "There is no model version " + UntrustedText.quoted(name)
                        + ". Versions are named by day and number, such as 2026-11-22.1.");
    }
}
