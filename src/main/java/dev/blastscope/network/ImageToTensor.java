package dev.blastscope.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.blastscope.image.SmearImage;
import dev.blastscope.safetensors.InvalidWeights;
import java.util.List;

/** The one way from images to the network's input, for training and serving alike. */
public final class ImageToTensor {

    /**
     * Names what happens to an image between its pixels and the network, step by step; a model is only served with the
     * preprocessing it was trained with. Change the number with any step.
     */
    public static final String PREPROCESSING = "squash224-bilinear+white-reference+hide-scale-bar+imagenet-norm/2";

    private ImageToTensor() {}

    /**
     * Requires that this program prepares images as a model expects them.
     *
     * @param trainedWith the preprocessing that the model was trained with
     * @throws InvalidWeights if it is another
     */
    public static void requirePreprocessing(String trainedWith) throws InvalidWeights {
        if (!trainedWith.equals(PREPROCESSING)) {
            throw new InvalidWeights("it was trained with the preprocessing " + trainedWith
                    + ", but this program prepares images by " + PREPROCESSING
                    + ". Use the program it was trained with, or train it again.");
        }
    }

    /**
     * (N, 3, 224, 224), in the training's light, scale bar hidden, [0, 1], ImageNet mean and deviation; channels-last
     * in memory.
     */
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
