package dev.blastscope.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void isReadFromTheKernelsTable(@TempDir Path folder) throws Exception {
        Path status = Files.writeString(folder.resolve("status"), "Name:\tjava\nVmRSS:\t  2048 kB\nThreads:\t9\n");
        new ProcessMemory(status).bindTo(registry);

        assertThat(value("process.resident.memory")).isEqualTo(2 << 20);
    }

    @Test
    void isNotANumberWhereThereIsNoSuchTable(@TempDir Path folder) {
        new ProcessMemory(folder.resolve("none")).bindTo(registry);

        assertThat(value("process.resident.memory")).isNaN();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void liesBetweenTheHeapAndTheLimit() {
        new ProcessMemory().bindTo(registry);

        Runtime heap = Runtime.getRuntime();
        assertThat(value("process.resident.memory"))
                .isGreaterThan((heap.totalMemory() - heap.freeMemory()) / 2.0)
                .isLessThan(value("blastscope.memory.limit"));
    }

    private double value(String gauge) {
        return registry.get(gauge).gauge().value();
    }
}
