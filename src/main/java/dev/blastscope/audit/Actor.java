package dev.blastscope.audit;

/** Says on whose behalf the current thread works. */
@FunctionalInterface
public interface Actor {

    /** A name; never a secret. */
    String name();
}
