package dev.blastscope.network;

import dev.blastscope.image.SmearImage;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The numbers that the network is shown of an image: in the training's light, scale bar hidden, [0, 1], less ImageNet's
 * mean, by its deviation.
 *
 * <p>Every engine takes them from here, so that they cannot drift apart.
 */
public final class NetworkInput {

    static final int CHANNELS = 3;

    private static final int PIXELS = SmearImage.SIDE * SmearImage.SIDE;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
    private static final float[][] NORMALISED = table();

    private NetworkInput() {}

    /** How many numbers so many images have. */
    public static int size(int images) {
        return images * CHANNELS * PIXELS;
    }

    /**
     * Writes (N, 3, 224, 224), row-major, to the beginning of {@code target}, which must hold {@link #size} numbers.
     */
    public static void planes(List<SmearImage> images, FloatBuffer target) {
        float[] plane = new float[PIXELS];
        int at = 0;
        for (SmearImage image : images) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                image.show(channel, NORMALISED[channel], plane, 0, 1);
                target.put(at, plane);
                at += PIXELS;
            }
        }
    }

    /** (N, 224, 224, 3), row-major. */
    static float[] channelsLast(List<SmearImage> images) {
        float[] values = new float[size(images.size())];
        int at = 0;
        for (SmearImage image : images) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                image.show(channel, NORMALISED[channel], values, at + channel, CHANNELS);
            }
            at += CHANNELS * PIXELS;
        }
        return values;
    }

    /** As {@link #planes}, but with the image as it is. */
    static void normalisedPlanes(List<SmearImage> images, FloatBuffer target) {
        int plane = 0;
        for (SmearImage image : images) {
            byte[] rgb = image.rgb();
            for (int channel = 0; channel < CHANNELS; channel++) {
                float[] normalised = NORMALISED[channel];
                for (int pixel = 0; pixel < PIXELS; pixel++) {
                    target.put(plane + pixel, normalised[rgb[CHANNELS * pixel + channel] & 0xff]);
                }
                plane += PIXELS;
            }
        }
    }

    /** As {@link #channelsLast}, but with the image as it is. */
    static float[] normalised(List<SmearImage> images) {
        float[] values = new float[size(images.size())];
        int at = 0;
        for (SmearImage image : images) {
            byte[] rgb = image.rgb();
            for (int i = 0; i < rgb.length; i += CHANNELS) {
                values[at++] = NORMALISED[0][rgb[i] & 0xff];
                values[at++] = NORMALISED[1][rgb[i + 1] & 0xff];
                values[at++] = NORMALISED[2][rgb[i + 2] & 0xff];
            }
        }
        return values;
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
