package dev.blastscope.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.blastscope.image.ImageRejected.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageLimitsTest {

    @Test
    void theDefaultIsWhatTheServicePromises() {
        assertThat(ImageLimits.DEFAULT).isEqualTo(new ImageLimits(16_777_216, 40_000_000, 16_384, 32));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, every image limit must be at least 1",
        "1, 0, 1, 1, every image limit must be at least 1",
        "1, 1, 0, 1, every image limit must be at least 1",
        "1, 1, 1, 0, every image limit must be at least 1",
        "1, 1, 10, 11, min-side 11 must not be above max-side 10",
        "1, 400000001, 1, 1, must not be above 400000000",
        "1, 1, 400000001, 1, must not be above 400000000"
    })
    void limitsThatContradictThemselvesAreRefused(long bytes, long pixels, int maxSide, int minSide, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageLimits(bytes, pixels, maxSide, minSide))
                .withMessageContaining(rule);
    }

    @Test
    void reasonsHaveStableCodes() {
        assertThat(Reason.values())
                .extracting(Reason::code)
                .containsExactly(
                        "empty",
                        "too-many-bytes",
                        "not-an-image",
                        "too-many-pixels",
                        "side-too-long",
                        "too-small",
                        "truncated",
                        "damaged",
                        "unsupported-pixels");
    }
}
