package dev.blastscope.inference.overlay;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Text of glyphs that are a resource. Java's own text needs the fonts of the machine, which a container need not have.
 *
 * <p>The resource has bands: a line with characters, then {@value #HEIGHT} lines with their pixels side by side.
 */
final class PixelText {

    /** Of a character in pixels, with the space to the next one. */
    static final int WIDTH = 6;

    /** Of a character in pixels, with what goes below the line. */
    static final int HEIGHT = 9;

    private static final Map<Character, boolean[][]> GLYPHS = read();

    /** For a character that has no glyph. */
    private static final char UNKNOWN = '?';

    private PixelText() {}

    /** Draws text with its upper left corner here, each of its pixels {@code scale x scale}; cut off at the edge. */
    static void draw(BufferedImage picture, String text, int left, int top, int scale, int rgb) {
        for (int i = 0; i < text.length(); i++) {
            draw(picture, glyph(text.charAt(i)), left + i * WIDTH * scale, top, scale, rgb);
        }
    }

    private static void draw(BufferedImage picture, boolean[][] glyph, int left, int top, int scale, int rgb) {
        for (int y = 0; y < HEIGHT * scale; y++) {
            for (int x = 0; x < WIDTH * scale && left + x < picture.getWidth(); x++) {
                if (glyph[y / scale][x / scale]) {
                    picture.setRGB(left + x, top + y, rgb);
                }
            }
        }
    }

    private static boolean[][] glyph(char character) {
        boolean[][] glyph = GLYPHS.get(character);
        return glyph == null ? glyph(UNKNOWN) : glyph;
    }

    private static Map<Character, boolean[][]> read() {
        try (InputStream file = PixelText.class.getResourceAsStream("glyphs.txt")) {
            if (file == null) {
                throw new IllegalStateException("The program has no glyphs.txt.");
            }
            return read(new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Character, boolean[][]> read(List<String> lines) {
        Map<Character, boolean[][]> glyphs = new HashMap<>();
        glyphs.put(' ', new boolean[HEIGHT][WIDTH]);
        for (int band = 0; band + HEIGHT < lines.size(); band += HEIGHT + 1) {
            String characters = lines.get(band);
            for (int i = 0; i < characters.length(); i++) {
                glyphs.put(characters.charAt(i), glyph(lines.subList(band + 1, band + 1 + HEIGHT), i * WIDTH));
            }
        }
        return glyphs;
    }

    private static boolean[][] glyph(List<String> rows, int left) {
        boolean[][] glyph = new boolean[HEIGHT][WIDTH];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                glyph[y][x] = rows.get(y).charAt(left + x) == '#';
            }
        }
        return glyph;
    }
}
