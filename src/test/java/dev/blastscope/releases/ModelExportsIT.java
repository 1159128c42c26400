package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExportsIT {

    @Test
    void theExportOfADeletedModelGoesWithTheNextExport(@TempDir Path home) throws Exception {
        ModelStore store = new ModelStore(home.resolve("models"));
        ModelFiles embedded = EmbeddedModel.open().files();
        ModelCard card = ModelCard.read(embedded.card());
        String version = store.publish(embedded.backbone(), embedded.heads(), name -> card.withVersion(name)
                        .toJson())
                .toString();
        ModelExports exports = new ModelExports(
                store,
                new DescribedModels(store, new NetworkEngine(DeviceChoice.CPU, Engine.AUTO)),
                home.resolve("exports"));
        Path first = exports.export(version, Optional.empty()).file();
        assertThat(first).isRegularFile();

        store.delete(version);
        Path second = exports.export(EmbeddedModel.VERSION, Optional.of("fp32")).file();

        assertThat(home.resolve("exports").toFile().list())
                .containsExactly(second.getFileName().toString());
    }
}
