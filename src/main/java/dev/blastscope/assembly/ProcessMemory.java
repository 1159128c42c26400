package dev.blastscope.assembly;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/**
 * Gauges of the resident memory of the process, native memory of the network included, which the JVM's own metrics do
 * not cover, and of its limit. The resident memory is NaN on other systems than Linux.
 */
@Component
final class ProcessMemory implements MeterBinder {

    private static final String RESIDENT = "VmRSS:";
    private static final int KIBIBYTE = 1024;

    private final Path status;

    ProcessMemory() {
        this(Path.of("/proc/self/status"));
    }

    ProcessMemory(Path status) {
        this.status = status;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("process.resident.memory", this, ProcessMemory::resident)
                .description("Memory of the process that is not swapped out")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("blastscope.memory.limit", ProcessMemory::limit)
                .description("Memory of the container or, outside of one, of the machine")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private double resident() {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(line -> KIBIBYTE * Double.parseDouble(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static double limit() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
