package dev.blastscope;

import java.awt.image.BufferedImage;
import java.util.Random;

/** A microscope's field of view on which cells are painted pixel by pixel; positions and radii are in field units. */
final class SmearCanvas {

    /** The field's width and height, whatever the size of the image in pixels. */
    static final double FIELD = 224;

    /** Pink as no stain of the training data is, so that a test's fixture is not taken for a smear. */
    static final Palette PINK = new Palette(0xEEDEE2, 0xD6989E, 0xE6BCBE, 0xBAA0D4, 0x68348C, 0x401868);

    /** The colours of a field, as 0xRRGGBB. */
    record Palette(int plasma, int redCell, int redCellCentre, int cytoplasm, int nucleus, int chromatin) {}

    private final Palette palette;
    private final BufferedImage image;
    private final int stain;
    private final long grainSeed;

    SmearCanvas(int width, int height, Palette palette, Random random) {
        this.palette = palette;
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        stain = random.nextInt(17) - 8;
        grainSeed = random.nextLong();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                blend(x, y, palette.plasma(), 1);
            }
        }
    }

    BufferedImage image() {
        return image;
    }

    void redCell(double x, double y, double radius) {
        disc(x, y, radius, palette.redCell(), 0);
        disc(x, y, radius * 0.45, palette.redCellCentre(), 0);
    }

    /** A blast with little cytoplasm; a grain above 0 speckles its nucleus with clumps of that many field units. */
    void blast(double x, double y, double radius, int chromatinGrain) {
        disc(x, y, radius, palette.cytoplasm(), 0);
        disc(x, y, radius * 0.86, palette.nucleus(), 0);
        if (chromatinGrain > 0) {
            disc(x, y, radius * 0.8, palette.chromatin(), chromatinGrain);
        }
    }

    private void disc(double centreX, double centreY, double radius, int colour, int grain) {
        double scaleX = image.getWidth() / FIELD;
        double scaleY = image.getHeight() / FIELD;
        int top = (int) Math.max(0, (centreY - radius) * scaleY - 1);
        int bottom = (int) Math.min(image.getHeight(), (centreY + radius) * scaleY + 2);
        int left = (int) Math.max(0, (centreX - radius) * scaleX - 1);
        int right = (int) Math.min(image.getWidth(), (centreX + radius) * scaleX + 2);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                double dx = (x + 0.5) / scaleX - centreX;
                double dy = (y + 0.5) / scaleY - centreY;
                double inside = radius - Math.sqrt(dx * dx + dy * dy);
                double opacity = Math.min(1, Math.max(0, inside + 0.5));
                if (grain > 0) {
                    opacity *= clump((int) ((dx + FIELD) / grain), (int) ((dy + FIELD) / grain));
                }
                blend(x, y, colour, opacity);
            }
        }
    }

    /** Whether there is chromatin in this clump of the nucleus: a hash, so that it does not depend on drawing order. */
    private double clump(int column, int row) {
        return new Random(grainSeed ^ (column * 0x9E3779B97F4A7C15L + row * 0xC2B2AE3D27D4EB4FL)).nextInt(3) == 0
                ? 1
                : 0;
    }

    private void blend(int x, int y, int colour, double opacity) {
        int below = image.getRGB(x, y);
        int blended = 0;
        for (int channel = 0; channel < 3; channel++) {
            int shift = 16 - 8 * channel;
            int from = below >> shift & 0xFF;
            int to = Math.min(255, (colour >> shift & 0xFF) + stain);
            blended |= (int) (from + opacity * (to - from) + 0.5) << shift;
        }
        image.setRGB(x, y, blended);
    }
}
