package dev.blastscope.network;

import dev.blastscope.image.SmearImage;
import java.util.List;

/**
 * Backbone and both heads in memory, one forward pass, plain Java in and out; safe for use by several threads until it is
 * closed, which frees its native memory.
 */
public interface ServingNetwork extends AutoCloseable {

    /** The logits of each image, in the images' order. */
    List<Logits> classify(List<SmearImage> images);

    @Override
    void close();
}
