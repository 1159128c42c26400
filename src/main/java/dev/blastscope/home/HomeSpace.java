package dev.blastscope.home;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.File;
import org.springframework.stereotype.Component;

/** How full the disk is that the home folder lies on. */
@Component
final class HomeSpace implements MeterBinder {

    private final File home;

    HomeSpace(HomeFolder folder) {
        home = folder.home().toFile();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("blastscope.home.free", home, File::getUsableSpace)
                .description("Space that the service may still use on the disk of its home folder")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("blastscope.home.total", home, File::getTotalSpace)
                .description("Size of the disk of the home folder")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }
}
