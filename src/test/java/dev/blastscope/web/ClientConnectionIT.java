package dev.blastscope.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(classes = ClientConnectionIT.Server.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Timeout(60)
class ClientConnectionIT {

    private static final byte[] REQUEST =
            "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody".getBytes(StandardCharsets.US_ASCII);

    private static final BlockingQueue<SlowAnswer> waiting = new LinkedBlockingQueue<>();

    @LocalServerPort
    private int port;

    @Test
    void aClientThatHangsUpIsGone() throws Exception {
        SlowAnswer answer;
        try (Socket client = new Socket("localhost", port)) {
            client.getOutputStream().write(REQUEST);
            answer = waiting.take();
            assertThat(answer.isGone()).isFalse();
        }

        await().until(answer::isGone);
        answer.finish();
    }

    @Test
    void aClientThatHasSentItsNextRequestAlreadyIsNotGone() throws Exception {
        try (Socket client = new Socket("localhost", port)) {
            client.getOutputStream().write(REQUEST);
            SlowAnswer first = waiting.take();
            client.getOutputStream().write(REQUEST);

            assertThat(first.isGone()).isFalse();
            assertThat(first.isGone()).isFalse();
            first.finish();
            SlowAnswer second = waiting.take();
            assertThat(second.isGone()).isFalse();
            second.finish();
            String answer = new String(client.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 200 ");
        }
    }

    /** An answer in the making, whose own thread looks after its client when the test asks for it. */
    private static final class SlowAnswer {

        private final BlockingQueue<Optional<CompletableFuture<Boolean>>> questions = new LinkedBlockingQueue<>();

        boolean isGone() throws InterruptedException {
            CompletableFuture<Boolean> reply = new CompletableFuture<>();
            questions.put(Optional.of(reply));
            return reply.join();
        }

        void finish() throws InterruptedException {
            questions.put(Optional.empty());
        }

        void work(BooleanSupplier gone) throws InterruptedException {
            for (var question = questions.take(); question.isPresent(); question = questions.take()) {
                question.get().complete(gone.getAsBoolean());
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class
    })
    @Import({ClientConnection.class, SlowController.class})
    static class Server {}

    @RestController
    static class SlowController {

        @PostMapping("/slow")
        String slow(HttpServletRequest request) throws Exception {
            assertThat(request.getInputStream().readAllBytes()).hasSize(4);
            SlowAnswer answer = new SlowAnswer();
            waiting.put(answer);
            answer.work(ClientConnection.closedOf(request));
            return "done";
        }
    }
}
