package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Blastscope;
import dev.blastscope.Smears;
import dev.blastscope.inference.web.TraceReceiver.Span;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What a collector of OpenTelemetry hears of the service when it is told to, and that it hears nothing before. */
class TracedServiceIT {

    private static final byte[] SMEAR = Smears.jpeg(Smears.preB(1));
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    @Test
    void aPredictionIsOneTraceWithASpanForEachStage() {
        try (TraceReceiver receiver = new TraceReceiver()) {
            try (ConfigurableApplicationContext service =
                    service(receiver, "--management.opentelemetry.enabled=true")) {
                ServiceClient client = client(service);
                assertThat(predict(client, "01")).isEqualTo(200);
                assertThat(predict(client, "00")).isEqualTo(200);
            }
            // The service's own regular tasks have traces of their own.
            List<Span> spans = receiver.spans().stream()
                    .filter(span -> span.trace().equals(TRACE))
                    .toList();
            Span request = only(spans, "http post /api/v1/predictions");
            assertThat(request.parent()).isEqualTo(CALLER);
            long before = request.start();
            for (String name : List.of("decode", "wait", "forward", "record")) {
                Span stage = only(spans, name);
                assertThat(stage.parent()).as(name).isEqualTo(request.id());
                assertThat(stage.start()).as(name).isBetween(before, stage.end());
                before = stage.start();
            }
            assertThat(spans).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--management.opentelemetry.enabled=false", "--spring.application.name=blastscope"})
    void nothingIsSentBeforeItIsTurnedOn(String setting) {
        try (TraceReceiver receiver = new TraceReceiver()) {
            try (ConfigurableApplicationContext service = service(receiver, setting)) {
                assertThat(predict(client(service), "01")).isEqualTo(200);
                // The tracer of a service that was stopped may need a moment to go.
                await().untilAsserted(() -> assertThat(
                                Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("BatchSpanProcessor") || name.startsWith("BatchLogRecord")));
            }
            assertThat(receiver.spans()).isEmpty();
        }
    }

    private static ConfigurableApplicationContext service(TraceReceiver receiver, String setting) {
        return new SpringApplicationBuilder(Blastscope.class)
                .run(
                        "--server.port=0",
                        "--blastscope.home=target/home-of-traced-service",
                        "--management.opentelemetry.tracing.export.otlp.endpoint=" + receiver.address(),
                        setting);
    }

    private static ServiceClient client(ConfigurableApplicationContext service) {
        ServiceClient client = new ServiceClient(
                Integer.parseInt(Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port"))));
        await().until(() -> client.get("/livez").status() == 200);
        return client.whenReady();
    }

    private static int predict(ServiceClient client, String sampled) {
        return client.post("image/jpeg", SMEAR, "traceparent", "00-" + TRACE + "-" + CALLER + "-" + sampled)
                .status();
    }

    private static Span only(List<Span> spans, String name) {
        List<Span> named =
                spans.stream().filter(span -> span.name().equals(name)).toList();
        assertThat(named).as("%s of %s", name, spans).hasSize(1);
        return named.get(0);
    }
}
