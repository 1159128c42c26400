package dev.blastscope.web;

import io.micrometer.tracing.exporter.FinishedSpan;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Keeps probes and Prometheus' visits out of the traces, which would consist of little else. */
@Component
final class ProbesUntraced implements SpanExportingPredicate {

    /** Spring's name for the address of a request. */
    private static final String ADDRESS = "http.url";

    private final String contextPath;

    ProbesUntraced(@Value("${server.servlet.context-path:}") String contextPath) {
        this.contextPath = contextPath;
    }

    @Override
    public boolean isExportable(FinishedSpan span) {
        String address = span.getTags().getOrDefault(ADDRESS, "");
        return Stream.of("/actuator", "/livez", "/readyz").noneMatch(path -> address.startsWith(contextPath + path));
    }
}
