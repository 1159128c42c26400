package dev.blastscope.network;

import ai.djl.engine.EngineException;
import dev.blastscope.image.SmearImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pass over a batch that is taken in two halves where the device's memory cannot hold it at once. */
final class FittingBatch {

    private static final Logger log = LoggerFactory.getLogger(FittingBatch.class);

    private FittingBatch() {}

    /**
     * What the pass gives for each image, in the images' order.
     *
     * @throws EngineException if the pass fails for another reason, or its halves do not fit either
     */
    static <T> List<T> run(List<SmearImage> images, Function<List<SmearImage>, List<T>> pass) {
        try {
            return pass.apply(images);
        } catch (EngineException e) {
            if (images.size() == 1 || !isOutOfMemory(e)) {
                throw e;
            }
        }
        int half = (images.size() + 1) / 2;
        log.warn(
                "The device has no memory for {} images at once; they are taken {} at a time. Set blastscope.batching.batch"
                        + " to {} or less.",
                images.size(),
                half,
                half);
        List<T> results = new ArrayList<>(pass.apply(images.subList(0, half)));
        results.addAll(pass.apply(images.subList(half, images.size())));
        return results;
    }

    /** PyTorch says so in words only; its exception class does not cross JNI. */
    private static boolean isOutOfMemory(EngineException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("out of memory");
    }
}
