package dev.blastscope.audit;

/** On whose behalf the current thread works. */
@FunctionalInterface
public interface Actor {

    /** A name; never a secret. */
    String name();
}
