package dev.blastscope.web;

import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Leaves tracing out of the service where it is off: Spring Boot would still create spans, and only not export them.
 * What would send logs to a collector is left out in any case.
 */
final class Untraced implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String BOOT = "org.springframework.boot.";
    private static final String LOGS = BOOT + "opentelemetry.autoconfigure.logging.";

    /** The tracer that does nothing, for classes that have one injected. */
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

    /** Keeps probes and the requests of Prometheus out of the traces, which would consist of little else. */
    @Component
    static final class Probes implements SpanExportingPredicate {

        /** Spring's name for the address of a request. */
        private static final String ADDRESS = "http.url";

        private final String contextPath;

        Probes(@Value("${server.servlet.context-path:}") String contextPath) {
            this.contextPath = contextPath;
        }

        @Override
        public boolean isExportable(FinishedSpan span) {
            String address = span.getTags().getOrDefault(ADDRESS, "");
            return Stream.of("/actuator", "/livez", "/readyz")
                    .noneMatch(path -> address.startsWith(contextPath + path));
        }
    }
}
