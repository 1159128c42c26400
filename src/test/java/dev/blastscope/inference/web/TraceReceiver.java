package dev.blastscope.inference.web;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A collector of OpenTelemetry: takes traces over HTTP and keeps their spans. */
final class TraceReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    TraceReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    /** A span; ids in lower-case hexadecimal, times in nanoseconds since 1970. */
    record Span(String trace, String id, String parent, String name, long start, long end) {}

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/v1/traces";
    }

    List<Span> spans() {
        return spans;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** The numbers are those of opentelemetry-proto: request, resource, scope, span. */
    private void receive(HttpExchange exchange) throws IOException {
        UnknownFieldSet request =
                UnknownFieldSet.parseFrom(exchange.getRequestBody().readAllBytes());
        messages(request, 1)
                .flatMap(resource -> messages(resource, 2))
                .flatMap(scope -> messages(scope, 2))
                .map(TraceReceiver::span)
                .forEach(spans::add);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static Stream<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream().map(bytes -> {
            try {
                return UnknownFieldSet.parseFrom(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Span span(UnknownFieldSet span) {
        return new Span(
                hexadecimal(span, 1),
                hexadecimal(span, 2),
                hexadecimal(span, 4),
                bytes(span, 5).toStringUtf8(),
                span.getField(7).getFixed64List().get(0),
                span.getField(8).getFixed64List().get(0));
    }

    private static String hexadecimal(UnknownFieldSet span, int field) {
        return HexFormat.of().formatHex(bytes(span, field).toByteArray());
    }

    private static ByteString bytes(UnknownFieldSet span, int field) {
        return span.getField(field).getLengthDelimitedList().stream()
                .findFirst()
                .orElse(ByteString.EMPTY);
    }
}
