package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.blastscope.Smears;
import dev.blastscope.security.EveryEndpoint.Door;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What callers and admins meet where predictions are open. */
class OpenServiceIT extends OpenService {

    private static final String KEYS = "/api/v1/admin/keys";
    private static final byte[] SMEAR = Smears.jpeg(Smears.benign(2));

    @Autowired
    private ApplicationContext service;

    @Test
    void eachEndpointIsOpenToThoseWhomTheRulesName() {
        new EveryEndpoint(Door.EVERYBODY, Door.EVERYBODY)
                .isOpenTo(service, anybody(), caller("walker", Role.PREDICT), admin());
    }

    @Test
    void aKeyIsMadeUsedRotatedAndDeleted() {
        Http.Reply made =
                admin().post(KEYS, "{\"name\": \"ada\", \"role\": \"admin\"}").is(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        String id = made.json().path("key").path("id").asString();
        String secret = made.json().path("secret").asString();
        JsonNode listed = anybody().key(secret).get(KEYS).is(200).json();
        assertThat(listed.valueStream().filter(key -> key.equals(made.json().path("key"))))
                .hasSize(1);
        assertThat(listed.toString()).doesNotContain("secret", "hash");

        Http.Reply rotated = admin().post(KEYS + "/" + id + "/rotate", "").is(200);
        assertThat(rotated.header("Cache-Control")).isEqualTo("no-store");
        String present = rotated.json().path("secret").asString();
        anybody().key(secret).get(KEYS).isProblem(401, "unauthorized");
        anybody().key(present).get(KEYS).is(200);

        admin().send("DELETE", KEYS + "/" + id, "").is(204);
        anybody().key(present).get(KEYS).isProblem(401, "unauthorized");
        admin().send("DELETE", KEYS + "/" + id, "").isProblem(404, "no-such-key");
        admin().post(KEYS + "/" + id + "/rotate", "").isProblem(404, "no-such-key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\": \"predict\"} | 400 | invalid-key-name",
                "{\"name\": \"../x\", \"role\": \"predict\"} | 400 | invalid-key-name",
                "{\"name\": \"x\\n2026 INFO forged\", \"role\": \"predict\"} | 400 | invalid-key-name",
                "{\"name\": \"x\"} | 400 | invalid-key-role",
                "{\"name\": \"x\", \"role\": \"root\"} | 400 | invalid-key-role",
                "{\"name\": \"anonymous\", \"role\": \"predict\"} | 409 | name-taken",
                "{\"name\": \"first-admin\", \"role\": \"predict\"} | 409 | name-taken",
                "{\"name\": | 400 | invalid-body"
            })
    void aKeyThatCannotBeMade(String body, int status, String code) {
        admin().post(KEYS, body).isProblem(status, code);
    }

    @Test
    void aNameIsTakenOnce() {
        caller("twice", Role.PREDICT);
        admin().post(KEYS, "{\"name\": \"twice\", \"role\": \"predict\"}").isProblem(409, "name-taken");
    }

    @Test
    void aKeySendsImagesUntilItsAllowanceIsUsedUpAndAnonymousCallersGoOn() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> anybody().get("/readyz").status() == 200);
        Http ward = caller("busy-ward", Role.PREDICT);
        ward.predict(SMEAR).is(200);
        ward.predict(SMEAR).is(200);

        Http.Reply refused = ward.predict(new byte[8 << 20]).isProblem(429, "rate-limited");

        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
        anybody().predict(SMEAR).is(200);
    }

    @Test
    void aKeyThatIsNotValidIsRefusedEvenWhereNoneIsNeeded() {
        Http.Reply refused =
                anybody().key("bsk_of_nobody").get("/api/v1/models").isProblem(401, "unauthorized");

        assertThat(refused.header("WWW-Authenticate")).isEqualTo("ApiKey realm=\"blastscope\", header=\"X-API-Key\"");
        assertThat(anybody().get("/actuator/prometheus").response().body())
                .contains("blastscope_authentication_failures_total{reason=\"invalid-key\"}");
    }

    @Test
    void answersBearWhatKeepsABrowserSafeAndStartNoSession() {
        Http.Reply page = anybody().get("/swagger-ui/index.html").is(200);

        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Set-Cookie")).isEmpty();
        assertThat(admin().get(KEYS).header("Set-Cookie")).isEmpty();
    }

    @Test
    void anAdminReadsWhatTheProgramIsMadeOf() {
        assumeThat(getClass().getResource("/META-INF/sbom/application.cdx.json"))
                .as("Maven makes no bill of materials with --offline")
                .isNotNull();

        JsonNode made = admin().get("/actuator/sbom/application").is(200).json();

        assertThat(made.path("bomFormat").asString()).isEqualTo("CycloneDX");
        assertThat(made.path("components").valueStream().map(part -> part.path("name")
                        .asString()))
                .contains("onnxruntime", "spring-boot", "pytorch-engine")
                .doesNotContain("assertj-core");
        // What changes from build to build would make two jars of the same sources differ.
        assertThat(made.path("metadata").has("timestamp")).isFalse();
    }

    @Test
    void theDocumentSaysWhereAKeyIsNeededAndWhereItMayBe() {
        JsonNode api = anybody().get("/v3/api-docs").json();

        JsonNode schemes = api.path("components").path("securitySchemes");
        assertThat(schemes.at("/apiKey/name").asString()).isEqualTo("X-API-Key");
        assertThat(schemes.at("/bearer/scheme").asString()).isEqualTo("bearer");
        JsonNode admin = api.path("paths").path(KEYS).path("post");
        assertThat(admin.path("security").toString()).isEqualTo("[{\"apiKey\":[]},{\"bearer\":[]}]");
        assertThat(admin.path("responses").propertyNames()).contains("201", "400", "401", "403", "409");
        JsonNode prediction = api.path("paths").path("/api/v1/predictions").path("post");
        assertThat(prediction.path("security").toString()).isEqualTo("[{},{\"apiKey\":[]},{\"bearer\":[]}]");
        assertThat(api.at("/components/schemas/ApiKey/properties/role/enum").toString())
                .isEqualTo("[\"predict\",\"admin\"]");
    }
}
