package dev.blastscope.inference;

/** No model is loaded yet, or none could be. */
public final class ModelNotReady extends Exception {

    private static final long serialVersionUID = 1L;

    ModelNotReady(String message) {
        super(message, null, false, false);
    }
}
