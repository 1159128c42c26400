package dev.blastscope.network;

import dev.blastscope.image.SmearImage;
import java.util.List;

/** A frozen backbone in memory; safe for use by several threads until it is closed, which frees its native memory. */
public interface FeatureExtractor extends AutoCloseable {

    /** The length of a feature vector. */
    int FEATURES = ResNet50.FEATURES;

    /** The pooled features of each image, 2048 each, in the images' order. */
    float[][] features(List<SmearImage> images);

    @Override
    void close();
}
