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

    private static final int SIDE = SmearImage.SIDE;
    private static final double GAIN = 0.15;
    private static final double GAMMA = Math.log(1.25);

    private Augmentation() {}

    static SmearImage changed(SmearImage image, Random random) {
        byte[] rgb = image.withoutScaleBar().rgb();
        int symmetry = random.nextInt(Symmetry.COUNT);
        byte[][] tone = tones(random);
        byte[] changed = new byte[rgb.length];
        for (int to = 0; to < SIDE * SIDE; to++) {
            int from = Symmetry.source(symmetry, to, SIDE);
            for (int channel = 0; channel < 3; channel++) {
                changed[3 * to + channel] = tone[channel][rgb[3 * from + channel] & 0xff];
            }
        }
        return SmearImage.ofRgb(changed, SIDE, SIDE);
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
