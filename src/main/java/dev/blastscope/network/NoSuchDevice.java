package dev.blastscope.network;

/** Says that a device was asked for that this machine does not have. */
public final class NoSuchDevice extends IllegalStateException {

    NoSuchDevice(String message) {
        super(message);
    }
}
