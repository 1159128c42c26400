package dev.blastscope.security;

import dev.blastscope.Blastscope;
import java.util.Map;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The service as it comes, with an admin key and a small allowance for each key. */
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "blastscope.home=target/home-of-the-open-service-${random.uuid}",
            "blastscope.security.admin-key=" + OpenService.ADMIN_KEY,
            "blastscope.security.rate.per-key=2"
        })
abstract class OpenService {

    static final String ADMIN_KEY = "the-admin-key-of-the-operator-0123456789";

    @LocalServerPort
    private int port;

    Http anybody() {
        return new Http(port, Map.of());
    }

    Http admin() {
        return anybody().key(ADMIN_KEY);
    }

    /** A caller with a new key of this role. */
    Http caller(String name, Role role) {
        String body = "{\"name\": \"%s\", \"role\": \"%s\"}".formatted(name, role.word());
        return anybody()
                .key(admin().post("/api/v1/admin/keys", body)
                        .is(201)
                        .json()
                        .path("secret")
                        .asString());
    }
}
