package dev.blastscope.network;

import dev.blastscope.refusal.Refusal;

/** The network cannot run where or how the settings ask; the message names the setting to change. */
public final class NoSuchDevice extends Refusal {

    /** The code of every such refusal. */
    public static final String CODE = "no-such-device";

    private static final long serialVersionUID = 1L;

    public NoSuchDevice(String message) {
        super(CODE, message);
    }

    public NoSuchDevice(String message, Throwable cause) {
        super(CODE, message, cause);
    }
}
