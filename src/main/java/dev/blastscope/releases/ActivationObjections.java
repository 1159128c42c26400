package dev.blastscope.releases;

import java.util.Optional;

/** Knows what speaks against activating a version; asked on the thread of a request. */
public interface ActivationObjections {

    /** Why the version should not become active, in a sentence or two; empty if nothing is known against it. */
    Optional<String> against(String version);
}
