package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.security.EveryEndpoint.Door;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What callers meet where all is closed that can be, and an identity provider knows them. */
class ClosedServiceTest extends ClosedService {

    private static final String MODELS = "/api/v1/models";

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
