package dev.blastscope.home;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.File;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** How full the disk is that the home folder lies on. */
@Component
public final class HomeSpace implements MeterBinder {

    /** What the embedded database needs to start and to go on, and a little more. */
    static final int LEAST = 1 << 20;

    private final File home;
    private final boolean withDatabase;

    @Autowired
    HomeSpace(HomeFolder folder, Environment environment) {
        this(folder, HomeCheck.withDatabase(environment));
    }

    HomeSpace(HomeFolder folder, boolean withDatabase) {
        this.home = folder.home().toFile();
        this.withDatabase = withDatabase;
    }

    /** Whether the embedded database lies on this disk and has no room to write. */
    public boolean isTooLittleForTheDatabase() {
        return withDatabase && home.getUsableSpace() < LEAST;
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
