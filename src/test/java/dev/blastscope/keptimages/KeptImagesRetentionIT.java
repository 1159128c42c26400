package dev.blastscope.keptimages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Blastscope;
import dev.blastscope.Smears;
import dev.blastscope.inference.Client;
import dev.blastscope.inference.Predictor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.codec.digest.DigestUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class KeptImagesRetentionIT {

    private static final Client PATIENT = new Client(Duration.ofMinutes(1), () -> false);

    @TempDir
    private Path home = Path.of("");

    @Test
    void anImageIsDeletedWhenItWasLastPostedLongAgoAndKeptOverARestart() throws Exception {
        byte[] smear = Smears.png(Smears.preB(1));
        String sha256 = DigestUtils.sha256Hex(smear);
        try (ConfigurableApplicationContext service = start("--blastscope.images.keep=true")) {
            predict(service, smear);
        }
        try (ConfigurableApplicationContext service = start("--blastscope.images.keep=true")) {
            KeptImages images = service.getBean(KeptImages.class);
            assertThat(images.thumbnail(sha256)).isPresent();

            images.deleteOld(Instant.now().plus(Duration.ofDays(89)));
            assertThat(images.thumbnail(sha256)).isPresent();

            images.deleteOld(Instant.now().plus(Duration.ofDays(91)));
            assertThat(images.thumbnail(sha256)).isEmpty();
        }
    }

    @Test
    void withoutBeingAskedForNothingIsKept() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            predict(service, Smears.png(Smears.preB(1)));

            assertThat(home.resolve("images")).doesNotExist();
        }
    }

    private ConfigurableApplicationContext start(String... settings) {
        String[] arguments = new String[settings.length + 2];
        System.arraycopy(settings, 0, arguments, 2, settings.length);
        arguments[0] = "--server.port=0";
        arguments[1] = "--blastscope.home=" + home;
        return SpringApplication.run(Blastscope.class, arguments);
    }

    private static void predict(ConfigurableApplicationContext service, byte[] smear) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> service.getBean(Predictor.class).predict(smear, PATIENT) != null);
    }
}
