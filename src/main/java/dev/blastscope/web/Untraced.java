package dev.blastscope.web;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves tracing out of the service where nothing is traced. Spring Boot would go on making spans and only keep them to
 * itself. What would send logs to a collector is left out in any case.
 */
final class Untraced implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String BOOT = "org.springframework.boot.";
    private static final String LOGS = BOOT + "opentelemetry.autoconfigure.logging.";

    /** The tracer that does nothing, for those who have one injected. */
    private static final String NO_TRACER = "NoopTracerAutoConfiguration";

    private boolean traced;

    @Override
    public void setEnvironment(Environment environment) {
        traced = environment.getProperty("management.opentelemetry.enabled", Boolean.class, false);
    }

    @Override
    public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
        boolean[] kept = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            kept[i] = name == null || (!name.startsWith(LOGS) && (traced || !isOfTracing(name)));
        }
        return kept;
    }

    private static boolean isOfTracing(String name) {
        return Stream.of(BOOT + "opentelemetry.", BOOT + "micrometer.tracing.").anyMatch(name::startsWith)
                && !name.endsWith(NO_TRACER);
    }
}
