package dev.blastscope.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class TokenClientsTest {

    @Test
    void theSubjectIsTheName() {
        assertThat(callers("scope", "").convert(token(token -> {})).getName()).isEqualTo("ada");
    }

    @Test
    void aTokenWithoutASubjectIsNotValid() {
        assertThatThrownBy(() -> callers("scope", "")
                        .convert(token(token -> token.claims(Map::clear).claim("scope", "admin"))))
                .isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void rolesAreWordsOrAList() {
        assertThat(roles("scope", "", "openid predict email")).containsExactly("ROLE_PREDICT");
        assertThat(roles("roles", "", List.of("ward", "admin"))).containsExactly("ROLE_PREDICT", "ROLE_ADMIN");
        assertThat(roles("scope", "", "administrator ADMIN ROLE_ADMIN")).isEmpty();
        assertThat(roles("scope", "", 1)).isEmpty();
    }

    @Test
    void aPrefixTellsThisServicesRolesFromThoseOfOthers() {
        assertThat(roles("scope", "blastscope:", "admin blastscope:predict")).containsExactly("ROLE_PREDICT");
    }

    @Test
    void dotsLeadIntoNestedClaimsUnlessAClaimHasThatName() {
        var nested = callers("realm_access.roles", "")
                .convert(token(token -> token.claim("realm_access", Map.of("roles", List.of("predict")))));
        assertThat(nested.getAuthorities())
                .extracting(GrantedAuthority::getAuthority)
                .containsExactly("ROLE_PREDICT");
        assertThat(roles("https://example.org/roles", "", List.of("predict"))).containsExactly("ROLE_PREDICT");
    }

    private static List<String> roles(String claim, String prefix, Object value) {
        return callers(claim, prefix).convert(token(token -> token.claim(claim, value))).getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .toList();
    }

    private static TokenClients callers(String claim, String prefix) {
        return new TokenClients(Keys.settings("", Duration.ZERO, claim, prefix));
    }

    private static Jwt token(Consumer<Jwt.Builder> claims) {
        Jwt.Builder token = Jwt.withTokenValue("token").header("alg", "RS256").subject("ada");
        claims.accept(token);
        return token.build();
    }
}
