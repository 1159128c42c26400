package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digests are Pillow 9.4's, of the same drawings saved as PNG. */
class PillowResizeTest {

    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(16 << 20, 40_000_000, 16_384, 1));

    @ParameterizedTest(name = "{0} x {1}")
    @CsvSource({
        "1, 1, 6409228fac487b0f, 6409228fac487b0f, fe978e83c4f9d0fd",
        "3, 5, aceb317790408c27, efeb9f45b04b189e, 677fd5d857b16502",
        "97, 331, 092b75b0895e388b, f001b19d017a354b, edb490e78bc92eb5",
        "225, 223, 3bfa985c90764c85, a54354b9cc32776a, 1522c7e39a248027",
        "224, 224, 550fdd8b07d4fa56, 96cfa8ec83fca847, 0ea2e7225ddfdc07",
        "224, 300, a5e51a1e8637e397, 17dae584ff47edb9, 48cd335878852f6a",
        "300, 224, f9d65671dc840315, 613ec52c056281a9, 4bfa5507d652de60",
        "37, 4000, 3eed02680c1dfea7, d9c2be388daf75c4, 87ccd5c8ff5049b3",
        "448, 448, ac22e97a53849d35, a3cc8b4475c64a45, 40132fe162228531",
        "640, 480, 155636eb9abff9ad, abcf6df5021c627a, 0c2fec86ff08ada0",
        "1024, 768, 3e59fcee1b7d1c7b, 93dd3a4782ef056a, ae741b55bd93f4ac"
    })
    void equalsPillowBitForBit(int width, int height, String squashed, String withoutScaleBar, String thumbnail)
            throws ImageRejected {
        SmearImage image = decoder.decode(Smears.png(Smears.proB(3, width, height)));

        assertThat(DigestUtils.sha256Hex(image.rgb())).startsWith(squashed);
        assertThat(DigestUtils.sha256Hex(image.withoutScaleBar().rgb())).startsWith(withoutScaleBar);
        assertThat(DigestUtils.sha256Hex(bytes(image.greyThumbnail()))).startsWith(thumbnail);
    }

    private static byte[] bytes(float[] greys) {
        byte[] bytes = new byte[greys.length];
        for (int i = 0; i < greys.length; i++) {
            bytes[i] = (byte) greys[i];
        }
        return bytes;
    }
}
