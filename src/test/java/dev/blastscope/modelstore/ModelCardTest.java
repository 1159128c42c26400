package dev.blastscope.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ModelCardTest {

    /** Cards of models from before these were told lack them. */
    private static final Set<String> OPTIONAL = Set.of("engine", "precisions", "confidences", "changes");

    @Test
    void survivesItsFile() throws Exception {
        ModelCard card = ModelCard.read(embedded());

        assertThat(ModelCard.read(card.toJson())).isEqualTo(card);
        assertThat(new String(card.toJson(), UTF_8))
                .contains("\n  \"version\" : ")
                .doesNotContain("NaN", " null");
    }

    @Test
    void takesTheVersionThatItIsPublishedUnder() throws Exception {
        ModelCard card = ModelCard.read(embedded());

        assertThat(card.withVersion("2026-11-22.4").version()).isEqualTo("2026-11-22.4");
        assertThat(card.withVersion("2026-11-22.4").withVersion(card.version())).isEqualTo(card);
    }

    @Test
    void isReadByAProgramThatKnowsLess() throws Exception {
        ObjectNode card = tree().put("carbonFootprint", 3);

        assertThat(ModelCard.read(bytes(card))).isEqualTo(ModelCard.read(embedded()));
    }

    @Test
    void tellsHowSureTheModelWasWhereThatIsKnown() throws Exception {
        ObjectNode card = tree();
        card.remove("confidences");
        assertThat(ModelCard.read(bytes(card)).confidences()).isEmpty();
        card.set("confidences", JsonMapper.shared().readTree("{\"edges\": [0.9], \"images\": [3, 4]}"));

        ModelCard read = ModelCard.read(bytes(card));

        assertThat(read.confidences()).hasValue(new ConfidenceHistogram(List.of(0.9), List.of(3, 4)));
        assertThat(ModelCard.read(read.withVersion("2").toJson()).confidences()).isEqualTo(read.confidences());
    }

    @Test
    void theEmbeddedModelTellsHowSureItWasOfEachImageOfItsFolds() throws Exception {
        ModelCard card = ModelCard.read(bytes(tree()));

        assertThat(card.confidences()).hasValueSatisfying(confidences -> assertThat(confidences.total())
                .isEqualTo(card.data().parts().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum()));
    }

    @Test
    void theSummaryOfPrecisionsIsReadUnderItsEarlierName() throws Exception {
        ObjectNode card = tree();
        ObjectNode precisions = JsonMapper.shared().createObjectNode();
        precisions.set("fp32", card.get("evaluations").get(0));
        precisions.set("int8", card.get("evaluations").get(0));
        precisions.put("passed", true).put("verdict", "int8 is as good as fp32");
        card.set("precisions", precisions);

        ModelCard read = ModelCard.read(bytes(card));

        assertThat(read.precisions())
                .hasValueSatisfying(compared -> assertThat(compared.summary()).isEqualTo("int8 is as good as fp32"));
        assertThat(ModelCard.read(read.toJson())).isEqualTo(read);
        assertThat(new String(read.toJson(), UTF_8)).contains("\"summary\"").doesNotContain("\"verdict\"");
    }

    @Test
    void aBackboneNeedsNoCardOfItsOwn() throws Exception {
        ObjectNode card = tree();
        ((ObjectNode) card.get("backbone")).remove("card");

        assertThat(ModelCard.read(bytes(card)).backbone().card()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("parts")
    void isRefusedWithoutOneOfItsParts(String part) throws Exception {
        ObjectNode without = tree();
        without.remove(part);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelCard.read(bytes(without)))
                .withMessageStartingWith("card.json is not a model card: ")
                .withMessageContaining(part);
        assertThatIllegalArgumentException().isThrownBy(() -> ModelCard.read(bytes(without.putNull(part))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "7", "{\"version\": []}"})
    void isRefusedWhenItIsNone(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelCard.read(json.getBytes(UTF_8)))
                .withMessageStartingWith("card.json is not a model card: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "\"NaN\""})
    void aTemperatureIsAPositiveNumber(String temperature) throws Exception {
        String card = tree().set(
                        "calibration",
                        JsonMapper.shared().readTree("{\"malignancy\": 1, \"subtype\": %s}".formatted(temperature)))
                .toString();

        assertThatIllegalArgumentException().isThrownBy(() -> ModelCard.read(card.getBytes(UTF_8)));
    }

    static Stream<String> parts() throws Exception {
        return tree().properties().stream().map(Map.Entry::getKey).filter(part -> !OPTIONAL.contains(part));
    }

    private static byte[] embedded() throws DamagedModel {
        return EmbeddedModel.open().files().card();
    }

    private static ObjectNode tree() throws DamagedModel {
        return (ObjectNode) JsonMapper.shared().readTree(embedded());
    }

    private static byte[] bytes(ObjectNode card) {
        return card.toString().getBytes(UTF_8);
    }
}
