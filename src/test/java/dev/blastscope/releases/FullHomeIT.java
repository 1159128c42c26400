package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.blastscope.SmallDisk;
import dev.blastscope.Smears;
import dev.blastscope.audit.AuditUnavailable;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A whole service whose home folder's disk, with the embedded database on it, is full. */
@ExtendWith(OutputCaptureExtension.class)
class FullHomeIT {

    @Test
    void nothingIsAnsweredThatCannotBeRecordedAndAllIsWellOnceThereIsRoomAgain(
            @TempDir Path mountPoint, CapturedOutput log) throws Exception {
        byte[] smear = Smears.jpeg(Smears.benign(1));
        try (SmallDisk disk = SmallDisk.mount(mountPoint, 64);
                Service service = Service.start(disk.folder().resolve("home")).whenReady()) {
            String version = service.diagnose(smear).model().version();

            long linesBefore = log.getAll().lines().count();

            disk.fill();
            assertThatExceptionOfType(AuditUnavailable.class).isThrownBy(() -> {
                // The database may have some room left in its file.
                for (int i = 0; i < 10_000; i++) {
                    service.diagnose(smear);
                }
            });
            assertThat(service.send("GET", "/livez").statusCode()).isEqualTo(200);
            HttpResponse<String> readiness = service.send("GET", "/readyz");
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("The disk of the home folder is full", "Make room on it");
            assertThat(service.send("POST", "/api/v1/admin/audit/verify").statusCode())
                    .isIn(200, 503);

            for (int i = 0; i < 10; i++) {
                try {
                    service.diagnose(smear);
                } catch (AuditUnavailable refused) {
                    // As long as nothing can be recorded.
                }
            }
            assertThat(log.getAll().lines().skip(linesBefore))
                    .hasSizeBetween(1, 5)
                    .anySatisfy(
                            line -> assertThat(line).contains("The database cannot be used: No space left on device"))
                    .noneMatch(line -> line.startsWith("\tat "));

            disk.free();
            await().atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsInstanceOf(AuditUnavailable.class)
                    .until(() -> service.diagnose(smear).model().version().equals(version));
            assertThat(service.json("POST", "/api/v1/admin/audit/verify")
                            .path("intact")
                            .asBoolean())
                    .isTrue();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> service.send("GET", "/readyz").statusCode() == 200);
        }
    }
}
