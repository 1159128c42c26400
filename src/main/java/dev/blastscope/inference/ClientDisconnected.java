package dev.blastscope.inference;

/** The caller has left before the answer came. */
public final class ClientDisconnected extends Exception {

    private static final long serialVersionUID = 1L;

    ClientDisconnected() {
        super("The connection was closed before the answer came.", null, false, false);
    }
}
