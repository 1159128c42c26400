package dev.blastscope.inference;

import java.util.Map;
import java.util.function.Consumer;

/** Work before the first model can be loaded, such as a training. */
public interface ModelPreparation {

    /**
     * Does the work on the calling thread; an interrupt ends it early.
     *
     * @param progress receives what the health endpoint shows meanwhile
     * @throws UnusableModel if there can be no model; the message says why and what to do
     * @throws Exception if it failed unexpectedly
     */
    void prepare(Consumer<Map<String, Object>> progress) throws Exception;
}
