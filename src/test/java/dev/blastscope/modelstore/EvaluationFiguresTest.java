package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.blastscope.modelstore.EvaluationFigures.ClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.ConfusionMatrix;
import dev.blastscope.modelstore.EvaluationFigures.Figure;
import dev.blastscope.modelstore.EvaluationFigures.FourClassFigures;
import dev.blastscope.modelstore.EvaluationFigures.MalignancyFigures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class EvaluationFiguresTest {

    private static final Figure FIGURE = new Figure(0.5, 0.25, 0.75, 8, 4, "bootstrap over groups, 2000 resamples");
    private static final ClassFigures NEVER_CALLED =
            new ClassFigures("PRO_B", 0, Optional.empty(), Optional.empty(), Optional.empty());
    private static final ConfusionMatrix CONFUSION =
            new ConfusionMatrix(List.of("BENIGN", "PRO_B"), List.of(List.of(8, 0), List.of(0, 0)));
    private static final EvaluationFigures BENIGN_ONLY = new EvaluationFigures(
            "grouped",
            "test",
            new MalignancyFigures(8, 4, Optional.empty(), Optional.of(FIGURE), Optional.empty(), FIGURE, FIGURE),
            Optional.empty(),
            new FourClassFigures(8, 4, FIGURE, List.of(NEVER_CALLED), CONFUSION));

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void survivesAModelCardWithItsUndefinedFigures() {
        String card = json.writeValueAsString(BENIGN_ONLY);

        assertThat(card)
                .contains("\"auroc\":null")
                .contains("\"counts\":[[8,0],[0,0]]")
                .doesNotContain("NaN");
        assertThat(json.readValue(card, EvaluationFigures.class)).isEqualTo(BENIGN_ONLY);
    }

    @Test
    void readsAFigureThatIsNotThereAsUndefined() {
        assertThat(json.readValue("{\"name\": \"PRO_B\", \"n\": 0}", ClassFigures.class))
                .isEqualTo(NEVER_CALLED);
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0, 1", "0.5, NaN, 1", "0.5, 0, NaN", "1.1, 0, 1", "0.5, -0.1, 1", "0.5, 0.6, 0.4"})
    void refusesAFigureThatIsNoProportion(double value, double low, double high) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Figure(value, low, high, 8, 4, "none"))
                .withMessageStartingWith("a figure and its interval lie in [0, 1]");
    }

    @Test
    void refusesAFigureOfNoImages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Figure(0.5, 0, 1, 0, 0, "none"))
                .withMessage("a figure rests on at least one image, not on 0");
    }

    @Test
    void refusesAConfusionMatrixThatIsNotSquare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfusionMatrix(List.of("BENIGN", "PRO_B"), List.of(List.of(1, 2), List.of(3))))
                .withMessage("a confusion matrix of 2 classes has 2 rows and 2 columns");
    }
}
