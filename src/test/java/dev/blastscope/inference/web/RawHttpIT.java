package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Smears;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What no well-behaved client sends, byte by byte. */
@RunningService
@ExtendWith(OutputCaptureExtension.class)
class RawHttpIT {

    private static final byte[] SMEAR = Smears.jpeg(Smears.benign(2));

    @LocalServerPort
    private int port;

    private ServiceClient client;

    @BeforeEach
    void ready() {
        client = new ServiceClient(port).whenReady();
    }

    @ParameterizedTest
    @CsvSource({
        "'NONSENSE', 400, bad-request",
        "'GET /<script> HTTP/1.1|Host: x', 400, bad-request",
        "'POST /api/v1/predictions/[x] HTTP/1.1|Host: x|Content-Length: 0', 400, bad-request",
        "'GET /livez HTTP/1.1', 400, bad-request",
        "'GET /livez HTTP/9.9|Host: x', 505, http-version-not-supported",
        "'GET /api/v1/models/..%2f..%2fetc HTTP/1.1|Host: x', 400, bad-request",
        "'POST /api/v1/predictions HTTP/1.1|Host: x|Content-Type: image/jpeg|Content-Length: many', 400, bad-request",
        "'POST /api/v1/predictions HTTP/1.1|Host: x|Content-Type: image/jpeg|Transfer-Encoding: tar', 501, not-implemented",
        "'TRACE /livez HTTP/1.1|Host: x', 405, method-not-allowed"
    })
    void whatTheServerRefusesBeforeAnyCodeOfOurs(String head, int status, String code) throws IOException {
        send(lines(head.split("\\|"))).isProblem(status, code);
    }

    @Test
    void aHeaderThatIsTooLarge() throws IOException {
        send(lines("GET /livez HTTP/1.1", "Host: x", "X-Large: " + "x".repeat(20_000)))
                .isProblem(400, "bad-request");
    }

    @Test
    void chunksThatAreNone(CapturedOutput log) throws IOException {
        send(lines(
                        "POST /api/v1/predictions HTTP/1.1",
                        "Host: x",
                        "Content-Type: image/jpeg",
                        "Transfer-Encoding: chunked",
                        "",
                        "length of the chunk"))
                .isProblem(400, "bad-request");
        assertThat(log).doesNotContain("WARN", "ERROR");
    }

    @Test
    void aClientThatLeavesHalfWay(CapturedOutput log) throws IOException {
        byte[] form = ServiceClient.body(ServiceClient.image(SMEAR));
        send(post("image/jpeg", SMEAR.length), Arrays.copyOf(SMEAR, 1000)).isProblem(400, "bad-request");
        send(post("multipart/form-data; boundary=a-boundary", form.length), Arrays.copyOf(form, 1000))
                .isProblem(400, "bad-request");
        assertThat(client.post("image/jpeg", SMEAR).status()).isEqualTo(200);
        assertThat(log).doesNotContain("WARN", "ERROR");
    }

    @Test
    void aClientThatAsksFirstIsRefusedBeforeItUploads() throws IOException {
        byte[] head = lines(
                "POST /api/v1/predictions HTTP/1.1",
                "Host: x",
                "Content-Type: image/jpeg",
                "Content-Length: 20000000",
                "Expect: 100-continue");
        send(head).isProblem(413, "too-many-bytes");
    }

    private static byte[] post(String type, int length) {
        return lines(
                "POST /api/v1/predictions HTTP/1.1", "Host: x", "Content-Type: " + type, "Content-Length: " + length);
    }

    private static byte[] lines(String... lines) {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends the bytes, ends the stream, and reads the answer. */
    private Reply send(byte[]... bytes) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            for (byte[] part : bytes) {
                request.writeBytes(part);
            }
            socket.getOutputStream().write(request.toByteArray());
            socket.shutdownOutput();
            return reply(socket.getInputStream());
        }
    }

    private static Reply reply(InputStream in) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        assertThat(end).as(text).isPositive();
        List<String> head = text.substring(0, end).lines().toList();
        Map<String, List<String>> headers = head.stream()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .collect(Collectors.toMap(field -> field[0], field -> List.of(field[1]), (one, other) -> one));
        // A chunked problem is one chunk: its braces tell where it begins and ends.
        String body = text.substring(text.indexOf('{', end), text.lastIndexOf('}') + 1);
        return new Reply(Integer.parseInt(head.get(0).substring(9, 12)), headers, body);
    }
}
