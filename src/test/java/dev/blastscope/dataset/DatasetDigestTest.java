package dev.blastscope.dataset;

import static dev.blastscope.prediction.SmearClass.PRE_B;
import static dev.blastscope.prediction.SmearClass.PRO_B;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class DatasetDigestTest {

    private static final float[] GREY = Fingerprints.noise(1);

    @Test
    void isTheDigestOfTheSortedLines() {
        String a = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
        String b = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";
        String lines = b + " pro_b patient 1\n" + a + " pre_b \n";

        assertThat(DatasetDigest.of(List.of(
                        Fingerprints.image(PRE_B, "1.jpg", "a", Optional.empty(), GREY),
                        Fingerprints.image(PRO_B, "2.jpg", "b", Optional.of("patient 1"), GREY))))
                .isEqualTo("sha256:" + DigestUtils.sha256Hex(lines.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void dependsOnContentLabelAndGroupAlone() {
        FingerprintedImage other = Fingerprints.image(PRO_B, "other.jpg", "other");
        String digest = DatasetDigest.of(List.of(Fingerprints.image(PRE_B, "1.jpg", "a"), other));

        assertThat(DatasetDigest.of(List.of(other, Fingerprints.image(PRE_B, "moved/2.jpg", "a"))))
                .isEqualTo(digest);
        assertThat(DatasetDigest.of(List.of(Fingerprints.image(PRE_B, "1.jpg", "b"), other)))
                .isNotEqualTo(digest);
        assertThat(DatasetDigest.of(List.of(Fingerprints.image(PRO_B, "1.jpg", "a"), other)))
                .isNotEqualTo(digest);
        assertThat(DatasetDigest.of(
                        List.of(Fingerprints.image(PRE_B, "1.jpg", "a", Optional.of("patient"), GREY), other)))
                .isNotEqualTo(digest);
    }
}
