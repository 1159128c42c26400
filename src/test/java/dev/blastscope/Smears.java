package dev.blastscope;

import dev.blastscope.prediction.SmearClass;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Drawings of blood smears: the fixtures of every test that needs an image.
 *
 * <p>A drawing is a pink field of red cells with some blasts on it; a class shows in how many blasts there are, how
 * large they are and how coarse their chromatin is. The same class, seed and size give the same pixels on every
 * machine, because each pixel is computed here rather than by a graphics library.
 */
public final class Smears {

    private static final int SIDE = 224;

    private Smears() {}

    public static BufferedImage benign(long seed) {
        return draw(SmearClass.BENIGN, seed);
    }

    public static BufferedImage earlyPreB(long seed) {
        return draw(SmearClass.EARLY_PRE_B, seed);
    }

    public static BufferedImage preB(long seed) {
        return draw(SmearClass.PRE_B, seed);
    }

    public static BufferedImage proB(long seed) {
        return draw(SmearClass.PRO_B, seed);
    }

    public static BufferedImage benign(long seed, int width, int height) {
        return draw(SmearClass.BENIGN, seed, width, height);
    }

    public static BufferedImage earlyPreB(long seed, int width, int height) {
        return draw(SmearClass.EARLY_PRE_B, seed, width, height);
    }

    public static BufferedImage preB(long seed, int width, int height) {
        return draw(SmearClass.PRE_B, seed, width, height);
    }

    public static BufferedImage proB(long seed, int width, int height) {
        return draw(SmearClass.PRO_B, seed, width, height);
    }

    public static BufferedImage draw(SmearClass smearClass, long seed) {
        return draw(smearClass, seed, SIDE, SIDE);
    }

    /** The same field of view at any size; unequal sides stretch it, as a squashed camera frame would be. */
    public static BufferedImage draw(SmearClass smearClass, long seed, int width, int height) {
        Random random = new Random(31 * seed + smearClass.ordinal());
        SmearCanvas canvas = new SmearCanvas(width, height, SmearCanvas.PINK, random);
        for (int i = between(random, 45, 60); i > 0; i--) {
            canvas.redCell(anywhere(random), anywhere(random), between(random, 9, 12));
        }
        switch (smearClass) {
            case BENIGN -> blasts(canvas, random, between(random, 1, 3), 9, 0);
            case EARLY_PRE_B -> blasts(canvas, random, between(random, 5, 7), 14, 3);
            case PRE_B -> blasts(canvas, random, between(random, 9, 12), 19, 6);
            case PRO_B -> blasts(canvas, random, between(random, 20, 26), 15, 2);
        }
        return canvas.image();
    }

    private static void blasts(SmearCanvas canvas, Random random, int count, double radius, int chromatinGrain) {
        for (int i = 0; i < count; i++) {
            double size = radius * (0.9 + 0.2 * random.nextDouble());
            canvas.blast(anywhere(random), anywhere(random), size, chromatinGrain);
        }
    }

    private static int between(Random random, int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private static double anywhere(Random random) {
        return SmearCanvas.FIELD * random.nextDouble();
    }

    public static byte[] jpeg(BufferedImage image) {
        return encode(image, "jpg");
    }

    public static byte[] png(BufferedImage image) {
        return encode(image, "png");
    }

    private static byte[] encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
