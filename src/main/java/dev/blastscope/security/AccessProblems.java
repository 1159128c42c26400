package dev.blastscope.security;

import dev.blastscope.security.SecuritySettings.Access;
import dev.blastscope.web.ProblemCatalog;
import dev.blastscope.web.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/** The problems of authentication, authorisation, rate limits and the administration of keys. */
@Component
final class AccessProblems implements ProblemCatalog {

    static final ProblemKind UNAUTHORIZED = ProblemKind.of(
            HttpStatus.UNAUTHORIZED,
            "unauthorized",
            "There is no key or token where one is needed, or it is not valid",
            "This needs a key in the header X-API-Key, or a bearer token where the operator has set that up. Admins create"
                    + " keys at /api/v1/admin/keys.");
    static final ProblemKind FORBIDDEN = ProblemKind.of(
            HttpStatus.FORBIDDEN,
            "forbidden",
            "The key or token does not have the required role",
            "Your key or token does not have the required role. Ask an admin for one that has.");
    static final ProblemKind TOO_MANY_FAILURES = ProblemKind.of(
            HttpStatus.TOO_MANY_REQUESTS,
            "too-many-failures",
            "Too many keys or tokens from the address of the client were not valid",
            "Too many keys or tokens from your address were not valid. Try again in 2 s, with a valid one.");
    static final ProblemKind RATE_LIMITED = ProblemKind.of(
            HttpStatus.TOO_MANY_REQUESTS,
            "rate-limited",
            "The client has sent more images than it may each minute",
            "You have sent more images than the operator allows a client each minute. Try again in 2 s.");
    static final ProblemKind IDENTITY_PROVIDER_UNAVAILABLE = ProblemKind.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "identity-provider-unavailable",
            "The identity provider did not answer",
            "Your bearer token could not be checked, because the identity provider did not answer. Try again in 10 s.");
    static final ProblemKind INVALID_KEY_NAME = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "invalid-key-name",
            "The name of the key is malformed",
            "The name of a key has 1 to 64 letters, digits, dots, dashes and underscores, and begins with a letter or"
                    + " digit. Send {\"name\": \"ward-7\", \"role\": \"predict\"}.");
    static final ProblemKind INVALID_KEY_ROLE = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "invalid-key-role",
            "There is no such role",
            "The role of a key is predict or admin.");
    static final ProblemKind NAME_TAKEN = ProblemKind.of(
            HttpStatus.CONFLICT,
            "name-taken",
            "There is a key of this name",
            "There is a key of this name. Choose another name, or rotate that key.");
    static final ProblemKind NO_SUCH_KEY = ProblemKind.of(
            HttpStatus.NOT_FOUND,
            "no-such-key",
            "There is no key with this id",
            "There is no key with this id. /api/v1/admin/keys lists all keys.");
    static final ProblemKind LAST_ADMIN_KEY = ProblemKind.of(
            HttpStatus.CONFLICT,
            "last-admin-key",
            "Without this key there would be no admin",
            "This is the last admin key, and nobody could create another. Create one first, or set up OAuth2 or"
                    + " blastscope.security.admin-key.");

    private static final String ADMINISTRATION = "/api/v1/admin";
    private static final List<String> LIMITED = List.of("/api/v1/predictions", "/api/v1/cases", "/api/v1/explanations");

    private final SecuritySettings settings;

    AccessProblems(SecuritySettings settings) {
        this.settings = settings;
    }

    @Override
    public List<ProblemKind> kinds() {
        return List.of(
                UNAUTHORIZED,
                FORBIDDEN,
                TOO_MANY_FAILURES,
                RATE_LIMITED,
                IDENTITY_PROVIDER_UNAVAILABLE,
                INVALID_KEY_NAME,
                INVALID_KEY_ROLE,
                NAME_TAKEN,
                NO_SUCH_KEY,
                LAST_ADMIN_KEY);
    }

    /** A key or token that is not valid is refused even where none is needed. */
    @Override
    public List<ProblemKind> impliedFor(HandlerMethod operation) {
        List<ProblemKind> implied = new ArrayList<>(List.of(UNAUTHORIZED));
        if (settings.predictions() == Access.CLOSED || isBelow(ADMINISTRATION, operation)) {
            implied.add(FORBIDDEN);
        }
        implied.add(TOO_MANY_FAILURES);
        if (LIMITED.stream().anyMatch(path -> isBelow(path, operation))) {
            implied.add(RATE_LIMITED);
        }
        implied.add(IDENTITY_PROVIDER_UNAVAILABLE);
        return implied;
    }

    private static boolean isBelow(String path, HandlerMethod operation) {
        return Stream.of(operation.getBeanType(), operation.getMethod())
                .map(element -> AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class))
                .flatMap(Stream::ofNullable)
                .flatMap(mapping -> Stream.of(mapping.path()))
                .anyMatch(mapped -> mapped.startsWith(path));
    }
}
