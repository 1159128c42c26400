package dev.blastscope;

import dev.blastscope.SmearCanvas.Palette;
import dev.blastscope.prediction.SmearClass;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How a file in {@code samples/} is drawn.
 *
 * <p>The numbers were searched for: starting from colours and sizes by eye, small random changes were kept when the
 * embedded model became surer of the class. So the drawings show what that model goes by, and nothing about blood.
 *
 * @param palette the colours
 * @param redCells how many red cells there are
 * @param redRadius their radius, in field units
 * @param blasts how many large cells there are, apart from each other as far as they find room
 * @param blastRadius their mean radius
 * @param spread how much their radii differ, as a share of the mean
 * @param grain the size of the clumps of chromatin; 0 for none
 */
record SampleDrawing(
        Palette palette, int redCells, double redRadius, int blasts, double blastRadius, double spread, int grain) {

    private static final int SIDE = 224;
    private static final int ATTEMPTS = 50;

    static SampleDrawing of(SmearClass smearClass) {
        return switch (smearClass) {
            case BENIGN ->
                new SampleDrawing(
                        new Palette(0xFEF3FF, 0xB1C3CE, 0xDBF6D5, 0xD1B2E3, 0xAC77EF, 0xA030B4),
                        66,
                        9,
                        10,
                        8.6,
                        0.35,
                        4);
            case EARLY_PRE_B ->
                new SampleDrawing(
                        new Palette(0xE8EEFF, 0x9CACB0, 0xB8C4DB, 0x9D7EC0, 0x7341BB, 0x5D1FAA), 99, 9, 4, 6, 0.1, 0);
            case PRE_B ->
                new SampleDrawing(
                        new Palette(0xFFE2E0, 0x7FB0BD, 0xDFD4EF, 0x8369C8, 0x7A5CD9, 0x5030B0),
                        79,
                        8.6,
                        19,
                        10.3,
                        0.22,
                        1);
            case PRO_B ->
                new SampleDrawing(
                        new Palette(0xDCFAFC, 0xBCB5B9, 0xE8EAE0, 0xDF91E5, 0xCF8BC4, 0xBD6BCA),
                        73,
                        5,
                        6,
                        11.4,
                        0.15,
                        2);
        };
    }

    BufferedImage draw(long seed) {
        Random random = new Random(seed);
        SmearCanvas canvas = new SmearCanvas(SIDE, SIDE, palette, random);
        for (int i = 0; i < redCells; i++) {
            canvas.redCell(anywhere(random), anywhere(random), redRadius * (0.85 + 0.3 * random.nextDouble()));
        }
        List<double[]> drawn = new ArrayList<>();
        for (int i = 0; i < blasts; i++) {
            double radius = blastRadius * (1 - spread + 2 * spread * random.nextDouble());
            double[] place = apart(drawn, radius, random);
            canvas.blast(place[0], place[1], radius, grain);
            drawn.add(place);
        }
        return canvas.image();
    }

    private static double[] apart(List<double[]> drawn, double radius, Random random) {
        double[] place = {0, 0, radius};
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            place[0] = anywhere(random);
            place[1] = anywhere(random);
            if (drawn.stream()
                    .allMatch(other -> Math.hypot(other[0] - place[0], other[1] - place[1]) > other[2] + radius)) {
                break;
            }
        }
        return place;
    }

    private static double anywhere(Random random) {
        return SmearCanvas.FIELD * random.nextDouble();
    }
}
