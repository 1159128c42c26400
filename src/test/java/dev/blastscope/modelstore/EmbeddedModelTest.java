package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.modelstore.ModelStore.StoredModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void aStoreOpensItByItsVersionAsItOpensAPublishedOne(@TempDir Path models) throws Exception {
        ModelStore store = new ModelStore(models.resolve("none"));
        StoredModel opened = store.open(EmbeddedModel.VERSION);

        assertThat(opened.digest()).isEqualTo(EmbeddedModel.open().digest());
        assertThat(store.card(EmbeddedModel.VERSION).digest()).isEqualTo(opened.digest());
        assertThat(store.has(EmbeddedModel.VERSION)).isTrue();
        assertThat(store.all()).containsExactly(new ModelStore.StoredVersion(EmbeddedModel.VERSION, true));
        assertThat(store.versions()).isEmpty();
    }

    @Test
    void itIsListedAfterThePublishedOnesAndIsNotDeleted(@TempDir Path models) throws Exception {
        ModelStore store = new ModelStore(models);
        String published = Models.publish(store);

        assertThat(store.all())
                .extracting(ModelStore.StoredVersion::version)
                .containsExactly(published, EmbeddedModel.VERSION);
        assertThatExceptionOfType(NoSuchModel.class).isThrownBy(() -> store.delete(EmbeddedModel.VERSION));
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
