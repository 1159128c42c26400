package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.prediction.SmearClass;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledImageTest {

    @ParameterizedTest
    @CsvSource({
        "benign/WBC-Benign-007.jpg, 7, benign/WBC-Benign-",
        "Pre/a12b003c.png, 3, Pre/a12b",
        "Pre/Snap (4).jpeg, 4, Pre/Snap (",
        "10.jpg, 10, ''",
        "slide 3/smear.jp2, -1, slide 3/smear.jp2",
        "v1.2/smear7, 7, v1.2/smear",
        "pro/smear, -1, pro/smear",
        "pro/1234567890123456789012.jpg, 567890123456789012, pro/1234",
    })
    void takesItsNumberAndSeriesFromItsName(String name, long number, String series) {
        LabelledImage image = new LabelledImage(name, Path.of(name), SmearClass.BENIGN, Optional.empty());

        assertThat(image.number()).isEqualTo(number);
        assertThat(image.series()).isEqualTo(series);
    }
}
