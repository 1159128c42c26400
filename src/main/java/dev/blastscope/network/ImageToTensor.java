package dev.blastscope.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.blastscope.image.SmearImage;
import java.util.List;

/** The one way from images to the network's input, for training and serving alike. */
public final class ImageToTensor {

    /**
     * Names what happens to an image between its pixels and the network, step by step; a model is only served with the
     * preprocessing it was trained with. Change the number with any step.
     */
    public static final String PREPROCESSING = "squash224-bilinear+hide-scale-bar+imagenet-norm/1";

    private ImageToTensor() {}

    /** (N, 3, 224, 224), scale bar hidden, [0, 1], ImageNet mean and deviation; channels-last in memory. */
    public static NDArray toTensor(NDManager manager, List<SmearImage> images) {
        return tensor(manager, NetworkInput.channelsLast(images), images.size());
    }

    static NDArray normalise(NDManager manager, List<SmearImage> images) {
        return tensor(manager, NetworkInput.normalised(images), images.size());
    }

    private static NDArray tensor(NDManager manager, float[] channelsLast, int images) {
        return manager.create(channelsLast, new Shape(images, SmearImage.SIDE, SmearImage.SIDE, NetworkInput.CHANNELS))
                .transpose(0, 3, 1, 2);
    }
}
