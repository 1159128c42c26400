package dev.blastscope.network;

/** Says that the network cannot run as it was asked to; the message says what to set. */
public final class NoSuchDevice extends IllegalStateException {

    public NoSuchDevice(String message) {
        super(message);
    }

    public NoSuchDevice(String message, Throwable cause) {
        super(message, cause);
    }
}
