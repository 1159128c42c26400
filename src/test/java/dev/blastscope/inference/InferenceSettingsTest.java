package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceSettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 7, 9})
    void viewsAreOneOrAll(int views) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InferenceSettings.Prediction(Duration.ofSeconds(30), 16, 64, null, views))
                .withMessage("views is " + views + ", but must be 1, the image alone, or 8, all its symmetries");
    }
}
