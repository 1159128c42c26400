package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.blastscope.SmallDisk;
import dev.blastscope.Smears;
import dev.blastscope.audit.AuditUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole service whose home folder's disk, with the embedded database on it, is full. */
class FullHomeIT {

    @Test
    void nothingIsAnsweredThatCannotBeRecordedAndAllIsWellOnceThereIsRoomAgain(@TempDir Path mountPoint)
            throws Exception {
        byte[] smear = Smears.jpeg(Smears.benign(1));
        try (SmallDisk disk = SmallDisk.mount(mountPoint, 64);
                Service service = Service.start(disk.folder().resolve("home")).whenReady()) {
            String version = service.diagnose(smear).modelVersion();

            disk.fill();
            assertThatExceptionOfType(AuditUnavailable.class).isThrownBy(() -> {
                // The database may have some room left in its file.
                for (int i = 0; i < 10_000; i++) {
                    service.diagnose(smear);
                }
            });
            assertThat(service.send("GET", "/livez").statusCode()).isEqualTo(200);
            assertThat(service.send("GET", "/readyz").statusCode()).isEqualTo(200);
            assertThat(service.send("POST", "/api/v1/admin/audit/verify").statusCode())
                    .isIn(200, 503);

            disk.free();
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsInstanceOf(AuditUnavailable.class)
                    .until(() -> service.diagnose(smear).modelVersion().equals(version));
            assertThat(service.json("POST", "/api/v1/admin/audit/verify")
                            .path("intact")
                            .asBoolean())
                    .isTrue();
        }
    }
}
