package dev.blastscope.safetensors;

import dev.blastscope.refusal.Refusal;
import dev.blastscope.refusal.UntrustedText;

/** A weights file that is refused; the message names the tensor, the rule that it breaks and the values found. */
public final class InvalidWeights extends Refusal {

    /** The code of every such refusal. */
    public static final String CODE = "invalid-weights";

    private static final long serialVersionUID = 1L;

    public InvalidWeights(String message) {
        super(CODE, message);
    }

    public InvalidWeights(String message, Throwable cause) {
        super(CODE, message, cause);
    }

    static InvalidWeights ofTensor(String name, String problem) {
        return new InvalidWeights("Tensor " + UntrustedText.quoted(name) + " " + problem + ".");
    }
}
