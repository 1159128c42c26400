package dev.blastscope.inference.overlay;

import dev.blastscope.image.SmearImage;
import dev.blastscope.prediction.Evidence;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * The evidence over the smear, in grey, and a legend below it. Between the centres of the cells the evidence is
 * interpolated, which looks finer than it is: the network knows nothing smaller than a cell.
 */
public final class Overlay {

    private static final int PAPER = 0xFFFFFF;
    private static final int INK = 0x000000;

    /** What the legend's colours lie on: a bright background, as most of a smear is. */
    private static final int BACKGROUND = 0xE6E6E6;

    private static final int HATCH = 0x606060;

    /**
     * Room for the longest line, in the legend's own pixels; each is one of the picture or, on a large one, several.
     */
    private static final int LEGEND_WIDTH = 372;

    private static final int MARGIN = 6;
    private static final int LINE = PixelText.HEIGHT + 4;
    private static final int BAR = 10;
    private static final int SWATCH = 3 * PixelText.WIDTH;

    private final BufferedImage picture;
    private final int smearHeight;
    private final int scale;
    private int top;

    private Overlay(BufferedImage smear, int lines) {
        scale = Math.max(1, smear.getWidth() / LEGEND_WIDTH);
        smearHeight = smear.getHeight();
        int legendHeight = scale * (2 * MARGIN + BAR + lines * LINE);
        picture = new BufferedImage(
                Math.max(smear.getWidth(), LEGEND_WIDTH), smearHeight + legendHeight, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                picture.setRGB(x, y, PAPER);
            }
        }
        top = smearHeight + scale * MARGIN;
    }

    /**
     * What the legend says.
     *
     * @param against what negative evidence speaks for
     * @param towards what positive evidence speaks for
     * @param remarks further lines of at most 60 characters
     */
    public record Legend(String against, String towards, List<String> remarks) {}

    /**
     * Draws evidence.
     *
     * @param smear any size
     * @return a PNG file, the smear in its upper left corner
     */
    public static byte[] png(BufferedImage smear, Evidence evidence, Legend legend) {
        double strongest =
                evidence.cells().stream().mapToDouble(Math::abs).max().orElseThrow();
        double unit = strongest > 0 ? strongest : 1;
        List<String> remarks = Stream.concat(
                        Stream.of("what each of 7 x 7 cells adds to the log-odds"), legend.remarks().stream())
                .toList();
        // Beside the remarks: the ends of the bar in words and in numbers, and the corner.
        Overlay overlay = new Overlay(smear, remarks.size() + 3);
        overlay.smear(smear, evidence, unit);
        overlay.ends("evidence for " + legend.against(), "evidence for " + legend.towards());
        overlay.bar();
        overlay.ends(number(-strongest), "0", number(strongest));
        overlay.corner("not seen: corner of the burned-in scale bar");
        remarks.forEach(overlay::line);
        return overlay.encoded();
    }

    private void smear(BufferedImage smear, Evidence evidence, double unit) {
        int width = smear.getWidth();
        double hiddenFromX = SmearImage.HIDDEN_FROM_X * width;
        double hiddenFromY = SmearImage.HIDDEN_FROM_Y * smearHeight;
        for (int y = 0; y < smearHeight; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = smear.getRGB(x, y);
                picture.setRGB(
                        x,
                        y,
                        x >= hiddenFromX && y >= hiddenFromY
                                ? hatched(EvidenceColours.grey(rgb), x, y)
                                : EvidenceColours.over(
                                        rgb, at(evidence, (x + 0.5) / width, (y + 0.5) / smearHeight) / unit));
            }
        }
    }

    /** The evidence at a place, both from 0 to 1, between the centres of the four nearest cells. */
    private static double at(Evidence evidence, double x, double y) {
        double column = Math.max(0, Math.min(Evidence.SIDE - 1, Evidence.SIDE * x - 0.5));
        double row = Math.max(0, Math.min(Evidence.SIDE - 1, Evidence.SIDE * y - 0.5));
        int left = Math.min((int) column, Evidence.SIDE - 2);
        int upper = Math.min((int) row, Evidence.SIDE - 2);
        double right = column - left;
        double lower = row - upper;
        return (1 - lower) * ((1 - right) * evidence.cell(upper, left) + right * evidence.cell(upper, left + 1))
                + lower * ((1 - right) * evidence.cell(upper + 1, left) + right * evidence.cell(upper + 1, left + 1));
    }

    private int hatched(int grey, int x, int y) {
        return (x + y) / (2 * scale) % 3 == 0 ? HATCH : grey;
    }

    /** A line of texts: the first at the left, the last at the right, one between them in the middle. */
    private void ends(String... texts) {
        int width = picture.getWidth() - 2 * scale * MARGIN;
        for (int i = 0; i < texts.length; i++) {
            int free = width - texts[i].length() * PixelText.WIDTH * scale;
            text(texts[i], scale * MARGIN + free * i / (texts.length - 1));
        }
        top += scale * LINE;
    }

    private void bar() {
        int left = scale * MARGIN;
        int width = picture.getWidth() - 2 * left;
        for (int y = top; y < top + scale * (BAR - 2); y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(left + x, y, EvidenceColours.over(BACKGROUND, 2 * (x + 0.5) / width - 1));
            }
        }
        top += scale * BAR;
    }

    private void corner(String text) {
        int left = scale * MARGIN;
        for (int y = top; y < top + scale * PixelText.HEIGHT; y++) {
            for (int x = left; x < left + scale * SWATCH; x++) {
                picture.setRGB(x, y, hatched(BACKGROUND, x, y));
            }
        }
        text(text, left + scale * (SWATCH + MARGIN));
        top += scale * LINE;
    }

    private void line(String text) {
        text(text, scale * MARGIN);
        top += scale * LINE;
    }

    private void text(String text, int left) {
        PixelText.draw(picture, text, left, top, scale, INK);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%+.3g", value);
    }

    private byte[] encoded() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        // ImageIO's default would pass the picture through a temporary file.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
            if (!ImageIO.write(picture, "png", out)) {
                throw new IllegalStateException("This Java cannot write PNG files.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
