package dev.blastscope.inference.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import dev.blastscope.prediction.Evidence;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {

    private static final String NOTICE = "Research use only. Not a medical device, not a diagnosis.";

    @ParameterizedTest
    @CsvSource({"32, 32, 372, 1", "224, 224, 372, 1", "640, 480, 640, 1", "1024, 768, 1024, 2", "2048, 4, 2048, 5"})
    void theSmearKeepsItsSizeAndTheLegendIsBelow(int width, int height, int wide, int scale) throws IOException {
        BufferedImage drawn = draw(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), evidence(3, 1));

        assertThat(drawn.getWidth()).isEqualTo(wide);
        // The margins, the bar, and five lines of 13: both ends in words and numbers, the corner, what it is, the
        // notice.
        assertThat(drawn.getHeight()).isEqualTo(height + scale * (12 + 10 + 5 * 13));
    }

    @Test
    void evidenceLiesOnItsCellOrangeForAndBlueAgainst() throws IOException {
        BufferedImage smear = Smears.preB(1);
        BufferedImage drawn = draw(smear, evidence(3 * Evidence.SIDE + 2, 1).minus(evidence(Evidence.SIDE + 5, 1)));

        assertThat(drawn.getRGB(2 * 32 + 16, 3 * 32 + 16) & 0xFFFFFF)
                .isEqualTo(EvidenceColours.over(smear.getRGB(2 * 32 + 16, 3 * 32 + 16), 63 * 63 / 4096.0));
        assertThat(redLessBlue(drawn, 2 * 32 + 16, 3 * 32 + 16)).isPositive();
        assertThat(redLessBlue(drawn, 5 * 32 + 16, 32 + 16)).isNegative();
        // Away from both, the smear is as it was, but grey.
        assertThat(drawn.getRGB(100, 210) & 0xFFFFFF).isEqualTo(EvidenceColours.grey(smear.getRGB(100, 210)));
    }

    @Test
    void theCornerOfTheScaleBarHasNoColourWhateverTheEvidence() throws IOException {
        BufferedImage drawn = draw(Smears.preB(1), evidence(Evidence.CELLS - 1, 5));
        for (int y = 192; y < 224; y++) {
            for (int x = 176; x < 224; x++) {
                assertThat(redLessBlue(drawn, x, y)).isZero();
            }
        }
        assertThat(redLessBlue(drawn, 200, 191)).isPositive();
    }

    @Test
    void noEvidenceAtAllIsDrawnAsNone() throws IOException {
        BufferedImage smear = Smears.benign(2);
        BufferedImage drawn = draw(smear, evidence(0, 0));
        assertThat(drawn.getRGB(50, 60) & 0xFFFFFF).isEqualTo(EvidenceColours.grey(smear.getRGB(50, 60)));
    }

    @Test
    void theLegendBearsTheNoticeWholeOnTheSmallestSmear() throws IOException {
        BufferedImage drawn = draw(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), evidence(3, 1));
        BufferedImage notice = new BufferedImage(drawn.getWidth(), PixelText.HEIGHT, BufferedImage.TYPE_INT_RGB);
        PixelText.draw(notice, NOTICE, 6, 0, 1, 0xFFFFFF);

        int top = drawn.getHeight() - 6 - 13;
        for (int y = 0; y < PixelText.HEIGHT; y++) {
            for (int x = 0; x < drawn.getWidth(); x++) {
                boolean ink = (notice.getRGB(x, y) & 0xFFFFFF) != 0;
                assertThat(drawn.getRGB(x, top + y) & 0xFFFFFF).isEqualTo(ink ? 0x000000 : 0xFFFFFF);
            }
        }
        assertThat(6 + NOTICE.length() * PixelText.WIDTH).isLessThan(drawn.getWidth());
    }

    @Test
    void everyCharacterOfALegendHasAGlyphOfItsOwn() {
        String characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:+-_()/%?=";
        List<List<Integer>> drawn = new ArrayList<>();
        for (int character = 0; character < characters.length(); character++) {
            BufferedImage glyph = new BufferedImage(PixelText.WIDTH, PixelText.HEIGHT, BufferedImage.TYPE_INT_RGB);
            PixelText.draw(glyph, characters.substring(character, character + 1), 0, 0, 1, 0xFFFFFF);
            List<Integer> pixels = new ArrayList<>();
            for (int i = 0; i < PixelText.WIDTH * PixelText.HEIGHT; i++) {
                pixels.add(glyph.getRGB(i % PixelText.WIDTH, i / PixelText.WIDTH));
            }
            assertThat(drawn).doesNotContain(pixels);
            drawn.add(pixels);
        }
        assertThat(drawn).hasSize(characters.length());
    }

    private static BufferedImage draw(BufferedImage smear, Evidence evidence) throws IOException {
        byte[] png = Overlay.png(smear, evidence, new Overlay.Legend("benign", "malignant", List.of(NOTICE)));
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static Evidence evidence(int cell, double value) {
        List<Double> cells = new ArrayList<>(Collections.nCopies(Evidence.CELLS, 0.0));
        cells.set(cell, value);
        return new Evidence(cells, 0);
    }

    private static int redLessBlue(BufferedImage picture, int x, int y) {
        int rgb = picture.getRGB(x, y);
        return (rgb >> 16 & 0xFF) - (rgb & 0xFF);
    }
}
