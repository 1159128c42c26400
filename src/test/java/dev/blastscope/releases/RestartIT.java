package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.modelstore.ActivePointer;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of a home folder and a database that a stop, a kill or the command line left behind. */
class RestartIT {

    private final Path home;
    private final ModelStore store;

    RestartIT(@TempDir Path home) {
        this.home = home;
        this.store = new ModelStore(home.resolve("models"));
    }

    @Test
    void anActivationOutlivesARestartAndAKillBeforeThePointerWasMoved() throws Exception {
        String first = Service.publish(store);
        String second = Service.publish(store);
        try (Service service = start()) {
            service.releases().activate(first, "");
            service.releases().activate(second, "");
        }
        try (Service again = start()) {
            assertThat(again.version()).isEqualTo(second);
            assertThat(again.releases().newest(10)).hasSize(2);
        }
        store.point(new ActivePointer(first, OptionalLong.of(1)));
        try (Service afterAKill = start()) {
            assertThat(afterAKill.version()).isEqualTo(second);
            assertThat(afterAKill.releases().newest(10)).hasSize(2);
            assertThat(store.pointer()).contains(new ActivePointer(second, OptionalLong.of(2)));
        }
    }

    @Test
    void whatTheCommandLineActivatedIsPutOnRecordAtTheStartAndBesideARunningService() throws Exception {
        String first = Service.publish(store);
        store.activate(first);
        try (Service service = start()) {
            assertThat(service.version()).isEqualTo(first);
            Activation adopted = service.releases().newest(1).get(0);
            assertThat(adopted.version()).isEqualTo(first);
            assertThat(adopted.actor()).isEqualTo("command line");

            String second = Service.publish(store);
            store.activate(second);
            service.whenServing(second);
            assertThat(service.releases().newest(10)).hasSize(2);
        }
    }

    @Test
    void theEmbeddedModelStaysActiveIfItWasActivated() throws Exception {
        String version = Service.publish(store);
        try (Service service = start()) {
            service.releases().activate(version, "");
            service.releases().rollBack("");
            assertThat(service.version()).isEqualTo(EmbeddedModel.VERSION);
        }
        try (Service again = start()) {
            assertThat(again.version()).isEqualTo(EmbeddedModel.VERSION);
            assertThat(again.releases().newest(10)).hasSize(2);
        }
    }

    @Test
    void aServiceWhoseModelIsDamagedIsMendedByActivatingAnother() throws Exception {
        String damaged = Service.publish(store);
        String good = Service.publish(store);
        store.activate(damaged);
        Files.write(home.resolve("models").resolve(damaged).resolve("heads.safetensors"), new byte[7]);
        try (Service service = Service.start(home)) {
            org.awaitility.Awaitility.await()
                    .until(() -> service.send("GET", "/readyz").body().contains("is damaged"));
            service.releases().activate(good, "");
            assertThat(service.version()).isEqualTo(good);
            assertThat(service.send("GET", "/readyz").statusCode()).isEqualTo(200);
        }
    }

    private Service start() {
        return Service.start(home).whenReady();
    }
}
