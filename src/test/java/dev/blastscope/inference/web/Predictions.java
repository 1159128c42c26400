package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What holds of every prediction. */
final class Predictions {

    /** Of three probabilities with four significant digits. */
    private static final double ROUNDING = 3 * 0.5e-4;

    private Predictions() {}

    static void keepContract(JsonNode prediction) {
        JsonNode malignancy = prediction.path("malignancy");
        double benign = malignancy.path("benign").asDouble();
        double malignant = malignancy.path("malignant").asDouble();
        assertThat(benign).isBetween(0.0, 1.0);
        assertThat(benign + malignant).isCloseTo(1, within(ROUNDING));
        Stream.of(malignancy.path("benign"), malignancy.path("malignant")).forEach(Predictions::hasFourDigits);

        boolean isMalignant = malignant >= malignancy.path("threshold").asDouble();
        assertThat(malignancy.path("threshold").asDouble()).isBetween(0.001, 0.999);
        assertThat(malignancy.path("prevalence").asDouble()).isEqualTo(0.5);
        String outcome = prediction.path("outcome").asString();
        boolean stands = prediction.path("probabilitiesUsable").asBoolean();
        assertThat(outcome).isEqualTo(!stands ? "REVIEW" : isMalignant ? "MALIGNANT" : "BENIGN");
        assertThat(prediction.has("reasons")).as("exactly for a review").isEqualTo(!stands);
        prediction.path("reasons").forEach(Predictions::keepContractOfReason);
        assertThat(prediction.path("set").isArray()).isTrue();
        assertThat(prediction.path("coverage").asDouble()).isEqualTo(0.95);
        assertThat(prediction.path("familiarity").asDouble()).isBetween(0.0, 1.0);
        assertThat(prediction.path("similar").values()).hasSize(3).allSatisfy(similar -> {
            assertThat(similar.path("sha256").asString()).matches("[0-9a-f]{64}");
            assertThat(similar.path("label").asString()).isIn("BENIGN", "EARLY_PRE_B", "PRE_B", "PRO_B");
            assertThat(similar.path("distance").asDouble()).isBetween(0.0, 2.0);
        });
        assertThat(prediction.has("subtype"))
                .as("present exactly when malignant wins")
                .isEqualTo(isMalignant);
        if (prediction.has("subtype")) {
            keepContractOfSubtype(prediction.path("subtype"));
        }
        assertThat(prediction.path("model").path("version").asString()).isNotEmpty();
        assertThat(prediction.path("model").path("digest").asString()).matches("sha256:[0-9a-f]{64}");
        assertThat(prediction.path("image").path("sha256").asString()).matches("[0-9a-f]{64}");
        assertThat(prediction.path("image").path("whiteGain").values())
                .hasSize(3)
                .allSatisfy(gain -> assertThat(gain.asDouble()).isBetween(0.5, 2.0));
        assertThat(prediction.path("notice").asString())
                .isEqualTo("Research use only. Not a medical device, not a diagnosis.");
    }

    private static void hasFourDigits(JsonNode probability) {
        assertThat(probability.decimalValue().stripTrailingZeros().precision())
                .as(probability.toString())
                .isLessThanOrEqualTo(4);
    }

    private static void keepContractOfReason(JsonNode reason) {
        assertThat(reason.path("code").asString()).matches("[A-Z_]+");
        assertThat(reason.path("value").isNumber()).isTrue();
        assertThat(reason.path("limit").isNumber()).isTrue();
        assertThat(reason.path("detail").asString()).endsWith(".");
    }

    private static void keepContractOfSubtype(JsonNode subtype) {
        JsonNode probabilities = subtype.path("probabilities");
        assertThat(probabilities.propertyNames()).containsExactly("EARLY_PRE_B", "PRE_B", "PRO_B");
        double sum =
                probabilities.values().stream().mapToDouble(JsonNode::asDouble).sum();
        double highest = probabilities.values().stream()
                .mapToDouble(JsonNode::asDouble)
                .max()
                .orElseThrow();
        assertThat(sum).isCloseTo(1, within(ROUNDING));
        probabilities.values().forEach(Predictions::hasFourDigits);
        assertThat(probabilities.path(subtype.path("winner").asString()).asDouble())
                .isEqualTo(highest);
    }
}
