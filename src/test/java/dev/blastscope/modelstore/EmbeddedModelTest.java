package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class EmbeddedModelTest {

    @Test
    void aModelOnTheClassPathIsReadAsAPublishedOneIs() throws DamagedModel {
        StoredModel model = EmbeddedModel.open("/fake-model/");
        assertThat(model.version()).isEqualTo("embedded");
        assertThat(model.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(model.files().backbone()).asString().isEqualTo("the backbone");
        assertThat(model.files().heads()).asString().isEqualTo("the heads");
        assertThat(model.files().card()).asString().isEqualTo("{}");
    }

    @Test
    void aDamagedModelOnTheClassPathIsRefused() {
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> EmbeddedModel.open("/damaged-model/"))
                .withMessage("Model embedded is damaged: card.json does not match its checksum in SHA256SUMS."
                        + " Build or download the service again.");
    }

    @Test
    void aClassPathWithoutAModelIsRefused() {
        assertThatExceptionOfType(DamagedModel.class)
                .isThrownBy(() -> EmbeddedModel.open("/no-model/"))
                .withMessageContaining("SHA256SUMS is missing");
    }
}
