package dev.blastscope.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.prediction.SmearClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassNamesTest {

    @ParameterizedTest
    @CsvSource({
        "benign, BENIGN",
        "Benign, BENIGN",
        "Early, EARLY_PRE_B",
        "early_pre_b, EARLY_PRE_B",
        "Early Pre-B, EARLY_PRE_B",
        "EARLY-PRE-B, EARLY_PRE_B",
        "[Malignant] early Pre-B, EARLY_PRE_B",
        "Pre, PRE_B",
        "' pre b ', PRE_B",
        "Pro-B, PRO_B",
        "[Malignant] Pro-B, PRO_B",
    })
    void understandsTheNamesInUse(String name, SmearClass label) {
        assertThat(ClassNames.parse(name)).contains(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "malignant", "early_pre", "prebenign", "Segmented", "_"})
    void knowsNoOtherNames(String name) {
        assertThat(ClassNames.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void readsTheNamesThatItWrites(SmearClass label) {
        assertThat(ClassNames.parse(ClassNames.nameOf(label))).contains(label);
    }

    @Test
    void expectsAllFourClasses() {
        assertThat(ClassNames.EXPECTED).isEqualTo("benign, early_pre_b, pre_b, pro_b");
    }
}
