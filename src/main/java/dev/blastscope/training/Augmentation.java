package dev.blastscope.training;

import dev.blastscope.image.SmearImage;
import java.util.Random;

/**
 * Changes an image at random in ways that leave its label: a smear has no up and no left, and stains and lamps differ.
 *
 * <p>One of the eight symmetries of the square, a gain for each channel within 15 %, a gamma in [0.8, 1.25]. The scale
 * bar is hidden first, so that it cannot turn into another corner.
 */
final class Augmentation {

    private static final double GAIN = 0.15;
    private static final double GAMMA = Math.log(1.25);

    private Augmentation() {}

    static SmearImage changed(SmearImage image, Random random) {
        byte[] rgb = image.withoutScaleBar()
                .turned(random.nextInt(SmearImage.SYMMETRIES))
                .rgb();
        byte[][] tone = tones(random);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = tone[i % 3][rgb[i] & 0xff];
        }
        return SmearImage.ofRgb(rgb, SmearImage.SIDE, SmearImage.SIDE);
    }

    /** For each channel: what becomes of each of the 256 values. */
    private static byte[][] tones(Random random) {
        double gamma = Math.exp(GAMMA * (2 * random.nextDouble() - 1));
        byte[][] tones = new byte[3][256];
        for (byte[] tone : tones) {
            double gain = 1 + GAIN * (2 * random.nextDouble() - 1);
            for (int value = 0; value < tone.length; value++) {
                long changed = Math.round(255 * gain * Math.pow(value / 255.0, gamma));
                tone[value] = (byte) Math.min(255, changed);
            }
        }
        return tones;
    }
}
