package dev.blastscope.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is stopped while it reads its model leaves no native code running, under which a JVM cannot end. */
class StoppedWhileLoadingIT {

    @Test
    void nothingIsLoadedAnyMoreOnceTheServiceHasStopped(@TempDir Path home) {
        Service.start(home).close();

        assertThat(Thread.getAllStackTraces().entrySet())
                .filteredOn(thread -> thread.getKey().getName().equals("model-maker"))
                .flatExtracting(thread -> List.of(thread.getValue()))
                .noneMatch(frame -> frame.getClassName().startsWith("dev.blastscope.network"));
    }
}
