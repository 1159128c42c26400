package dev.blastscope.modelstore;

import dev.blastscope.refusal.UntrustedText;

/** No published model has the name that was asked for. */
public final class NoSuchModel extends Exception {

    NoSuchModel(String name) {
        super("There is no model version " + UntrustedText.quoted(name)
                + ". Versions are named by day and number, such as 2026-11-22.1.");
    }
}
