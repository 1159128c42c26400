package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.datasetstore.Zip;
import dev.blastscope.security.EveryEndpoint.Door;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What callers meet where all is closed that can be, and an identity provider knows them. */
class ClosedServiceIT extends ClosedService {

    private static final String MODELS = "/api/v1/models";
    private static final String DATASETS = "/api/v1/admin/datasets";
    private static final String TRAININGS = "/api/v1/admin/trainings";
    private static final byte[] SMEARS = Zip.ofSmears("", 1).toBytes();

    @Autowired
    private ApplicationContext service;

    @Test
    void eachEndpointIsOpenToThoseWhomTheRulesName() {
        new EveryEndpoint(Door.PREDICTORS, Door.PREDICTORS).isOpenTo(service, anybody(), caller(), admin());
    }

    @Test
    void whoShowsNothingHearsWhatIsNeeded() {
        Http.Reply refused = anybody().get(MODELS).isProblem(401, "unauthorized");

        assertThat(refused.header("WWW-Authenticate"))
                .isEqualTo("ApiKey realm=\"blastscope\", header=\"X-API-Key\", Bearer realm=\"blastscope\"");
    }

    @Test
    void aTokenOfAnotherSignerOrOutOfDateOrWithoutARoleDoesNotOpen() {
        Http.Reply forged = from(
                        "198.51.100.1",
                        "Authorization",
                        "Bearer " + Tokens.random().token("ada", "admin"))
                .get(MODELS)
                .isProblem(401, "unauthorized");
        assertThat(forged.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"blastscope\", error=\"invalid_token\"");
        String old = TOKENS.token("ada", "admin", Duration.ofHours(-1));
        from("198.51.100.1", "Authorization", "Bearer " + old).get(MODELS).isProblem(401, "unauthorized");
        anybody().bearer(TOKENS.token("eve", "openid")).get(MODELS).isProblem(403, "forbidden");
    }

    @Test
    void anAddressThatGuessesIsKeptWaitingAndOthersAreNot() {
        for (int i = 0; i < 5; i++) {
            from("198.51.100.2", "X-API-Key", "guess-" + i).get(MODELS).isProblem(401, "unauthorized");
        }

        Http.Reply refused =
                from("198.51.100.2", "X-API-Key", "guess").get(MODELS).isProblem(429, "too-many-failures");

        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 12);
        from("198.51.100.3", "X-API-Key", "guess").get(MODELS).isProblem(401, "unauthorized");
        caller().get(MODELS).is(200);
    }

    @Test
    void aValidKeyPassesHoweverManyWrongOnesItsAddressHasSent() {
        String valid = admin().post("/api/v1/admin/keys", "{\"name\": \"ward\", \"role\": \"predict\"}")
                .json()
                .path("secret")
                .asString();
        for (int i = 0; i < 6; i++) {
            from("198.51.100.4", "X-API-Key", valid.substring(0, 73) + "0000000" + i)
                    .get(MODELS);
        }

        from("198.51.100.4", "X-API-Key", "guess").get(MODELS).isProblem(429, "too-many-failures");
        from("198.51.100.4", "X-API-Key", valid).get(MODELS).is(200);
        from("198.51.100.4", "Authorization", "Bearer " + TOKENS.token("bob", "predict"))
                .get(MODELS)
                .is(200);
    }

    @Test
    void addressesInResponsesLeadBackUnderTheContextPath() {
        assertThat(admin().put(DATASETS + "/under-a-path", SMEARS).is(201).header("Location"))
                .isEqualTo(PATH + DATASETS + "/under-a-path");
        assertThat(admin().post(TRAININGS, order("under-a-path")).is(202).header("Location"))
                .startsWith(PATH + TRAININGS + "/");
        assertThat(detail(anybody().get(MODELS))).contains(" " + PATH + "/api/v1/admin/keys");
        assertThat(detail(admin().get("/nothing"))).contains(" " + PATH + "/swagger-ui.html");
        assertThat(anybody().get("/").header("Location")).endsWith(PATH + "/swagger-ui.html");
        assertThat(server(anybody())).endsWith(PATH);
    }

    @Test
    void addressesInResponsesLeadBackThroughTheProxyThatRemovesAPath() {
        Http admin = admin().with("X-Forwarded-Prefix", "/front/smears");
        assertThat(admin.put(DATASETS + "/behind-a-proxy", SMEARS).is(201).header("Location"))
                .isEqualTo("/front/smears" + DATASETS + "/behind-a-proxy");
        assertThat(admin.post(TRAININGS, order("behind-a-proxy")).is(202).header("Location"))
                .startsWith("/front/smears" + TRAININGS + "/");
        Http.Reply nothing = admin.get("/nothing").isProblem(404, "not-found");
        assertThat(detail(nothing)).contains(" /front/smears/swagger-ui.html");
        assertThat(nothing.json().path("instance").asString()).isEqualTo("/front/smears/nothing");
        assertThat(admin.get("/").header("Location")).endsWith("/front/smears/swagger-ui.html");
        assertThat(server(admin)).endsWith("/front/smears");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "https://evil.example", "/front/../..", "/front\"", "/"})
    void aPrefixThatLeadsElsewhereIsNotFollowed(String prefix) {
        assertThat(server(anybody().with("X-Forwarded-Prefix", prefix))).endsWith(PATH);
    }

    private static String order(String dataset) {
        return "{\"dataset\": \"" + dataset + "\"}";
    }

    private static String detail(Http.Reply refused) {
        return refused.json().path("detail").asString();
    }

    /** Where Swagger UI sends its requests. */
    private static String server(Http caller) {
        return caller.get("/v3/api-docs").json().at("/servers/0/url").asString();
    }

    /** The proxy here is this machine; the client has a private address, as in a hospital's own network. */
    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.5", "10.1.2.3"})
    void anAddressThatTheClientForgesChangesNothing(String client) {
        for (int i = 0; i < 5; i++) {
            from("192.0.2." + i + ", " + client, "X-API-Key", "guess")
                    .get(MODELS)
                    .isProblem(401, "unauthorized");
        }

        from("192.0.2.99, " + client, "X-API-Key", "guess").get(MODELS).isProblem(429, "too-many-failures");
        from(client, "X-API-Key", "guess").get(MODELS).isProblem(429, "too-many-failures");
    }

    @Test
    void withAnIdentityProviderNoFirstKeyIsMadeAndTheLastAdminKeyMayGo() {
        assertThat(admin().get("/api/v1/admin/keys").json()).isEmpty();
        String id = admin().post("/api/v1/admin/keys", "{\"name\": \"ada\", \"role\": \"admin\"}")
                .json()
                .path("key")
                .path("id")
                .asString();

        admin().send("DELETE", "/api/v1/admin/keys/" + id, "").is(204);
    }
}
