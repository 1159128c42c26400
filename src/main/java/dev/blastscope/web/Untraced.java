package dev.blastscope.web;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Takes the tracer away where nothing is traced: Spring Boot would go on making spans, and only keep them to itself. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "management.opentelemetry.enabled", havingValue = false)
class Untraced {

    @Bean
    Tracer noTracer() {
        return Tracer.NOOP;
    }

    @Bean
    Propagator noPropagator() {
        return Propagator.NOOP;
    }
}
