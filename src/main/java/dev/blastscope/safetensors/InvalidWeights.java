package dev.blastscope.safetensors;

/** A weights file is refused; the message names the tensor, the rule that it breaks and the values found. */
public final class InvalidWeights extends Exception {

    public InvalidWeights(String message) {
        super(message);
    }

    public InvalidWeights(String message, Throwable cause) {
        super(message, cause);
    }

    static InvalidWeights ofTensor(String name, String problem) {
        return new InvalidWeights("Tensor " + UntrustedText.quoted(name) + " " + problem + ".");
    }
}
