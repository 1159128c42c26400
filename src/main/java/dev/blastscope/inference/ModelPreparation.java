package dev.blastscope.inference;

import java.util.Map;
import java.util.function.Consumer;

/** Work that must be done before a model can be loaded, such as a first training. */
public interface ModelPreparation {

    /**
     * Does the work on the caller's thread; an interrupt ends it early.
     *
     * @param progress takes what the health endpoint shows meanwhile
     * @throws UnusableModel if there can be no model; the message says why and what to do
     * @throws Exception if it failed for a reason that nobody foresaw
     */
    void prepare(Consumer<Map<String, Object>> progress) throws Exception;
}
