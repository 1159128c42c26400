package dev.blastscope.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/** Authenticates clients by a valid bearer token: its subject is their name, and a configured claim has their roles. */
@Component
final class TokenClients implements Converter<Jwt, AbstractAuthenticationToken> {

    private final String claim;
    private final String prefix;

    TokenClients(SecuritySettings settings) {
        claim = settings.rolesClaim();
        prefix = settings.rolesPrefix();
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        String subject = token.getSubject();
        if (subject == null || subject.isBlank()) {
            throw new InvalidBearerTokenException("The token has no subject");
        }
        List<GrantedAuthority> authorities = words(claimed(token))
                .flatMap(word -> role(word).stream())
                .flatMap(role -> role.authorities().stream())
                .distinct()
                .toList();
        return new JwtAuthenticationToken(token, authorities, subject);
    }

    /** The claim of exactly this name, or else the one that its dots lead to. */
    private @Nullable Object claimed(Jwt token) {
        Object found = token.getClaims().get(claim);
        if (found != null) {
            return found;
        }
        found = token.getClaims();
        for (String step : claim.split("\\.", -1)) {
            found = found instanceof Map<?, ?> claims ? claims.get(step) : null;
        }
        return found;
    }

    private static Stream<String> words(@Nullable Object claimed) {
        if (claimed instanceof Collection<?> list) {
            return list.stream().map(String::valueOf);
        }
        return claimed instanceof String text ? Arrays.stream(text.split(" ", -1)) : Stream.empty();
    }

    private Optional<Role> role(String word) {
        return word.startsWith(prefix) ? Role.of(word.substring(prefix.length())) : Optional.empty();
    }
}
