package dev.blastscope.security;

import dev.blastscope.Blastscope;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with everything closed that can be, and with OAuth2, under a path, behind a proxy that is trusted. */
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "blastscope.home=target/home-of-the-closed-service-${random.uuid}",
            "blastscope.security.predictions=closed",
            "blastscope.security.prometheus=closed",
            "blastscope.security.failures-per-minute=5",
            "blastscope.jobs.enabled=false",
            "server.servlet.context-path=" + ClosedService.PATH,
            "server.forward-headers-strategy=native",
            "server.tomcat.remoteip.internal-proxies=127.0.0.1/32, ::1/128"
        })
abstract class ClosedService {

    static final String PATH = "/blastscope";
    static final Tokens TOKENS = Tokens.random();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void identityProvider(DynamicPropertyRegistry settings) {
        Path file = TOKENS.publicKey(Path.of("target", "tokens", "public.pem"));
        settings.add("spring.security.oauth2.resourceserver.jwt.public-key-location", () -> "file:" + file);
    }

    Http anybody() {
        return new Http("http://localhost:" + port + PATH, Map.of());
    }

    /** Somebody elsewhere, as the proxy tells. */
    Http from(String address, String header, String value) {
        return anybody().with("X-Forwarded-For", address).with(header, value);
    }

    Http admin() {
        return anybody().bearer(TOKENS.token("ada", "openid admin"));
    }

    Http caller() {
        return anybody().bearer(TOKENS.token("bob", "openid predict"));
    }
}
