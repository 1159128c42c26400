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
     * preprocessing it was trained with. Whoever changes a step changes the number.
     */
    public static final String PREPROCESSING = "squash224-bilinear+hide-scale-bar+imagenet-norm/1";

    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
    private static final int CHANNELS = 3;
    private static final float[][] NORMALISED = table();

    private ImageToTensor() {}

    /** (N, 3, 224, 224), scale bar hidden, [0, 1], ImageNet mean and deviation; channels-last in memory. */
    public static NDArray toTensor(NDManager manager, List<SmearImage> images) {
        return normalise(
                manager, images.stream().map(SmearImage::withoutScaleBar).toList());
    }

    static NDArray normalise(NDManager manager, List<SmearImage> images) {
        int pixels = SmearImage.SIDE * SmearImage.SIDE * CHANNELS;
        float[] values = new float[images.size() * pixels];
        int at = 0;
        for (SmearImage image : images) {
            byte[] rgb = image.rgb();
            for (int i = 0; i < pixels; i += CHANNELS) {
                values[at++] = NORMALISED[0][rgb[i] & 0xff];
                values[at++] = NORMALISED[1][rgb[i + 1] & 0xff];
                values[at++] = NORMALISED[2][rgb[i + 2] & 0xff];
            }
        }
        return manager.create(values, new Shape(images.size(), SmearImage.SIDE, SmearImage.SIDE, CHANNELS))
                .transpose(0, 3, 1, 2);
    }

    private static float[][] table() {
        float[][] table = new float[CHANNELS][256];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int value = 0; value < 256; value++) {
                table[channel][value] = (value / 255f - MEAN[channel]) / DEVIATION[channel];
            }
        }
        return table;
    }
}
