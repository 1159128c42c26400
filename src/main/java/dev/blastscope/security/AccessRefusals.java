package dev.blastscope.security;

import dev.blastscope.web.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses in the filter chain as the rest of the service does: with a problem. */
@Component
final class AccessRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** The decision on an address that no rule names; the answer does not tell whether anything is there. */
    static final AuthorizationDecision UNKNOWN_ADDRESS = new AuthorizationDecision(false);

    static final String KEY_CHALLENGE = "ApiKey realm=\"blastscope\", header=\"" + KeyFilter.HEADER + "\"";
    static final String TOKEN_CHALLENGE = "Bearer realm=\"blastscope\"";

    static final String UNAUTHORIZED =
            "This needs a key in the header X-API-Key, or a bearer token where the operator has"
                    + " set that up. Admins make keys at /api/v1/admin/keys.";
    static final String FORBIDDEN =
            "Your key or token does not have the role that this needs. Ask an admin for one that has.";

    private final HandlerExceptionResolver problems;
    private final String challenge;

    AccessRefusals(
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems,
            ObjectProvider<JwtDecoder> decoder) {
        this.problems = problems;
        this.challenge = decoder.getIfAvailable() == null ? KEY_CHALLENGE : KEY_CHALLENGE + ", " + TOKEN_CHALLENGE;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e) {
        if (isUnknownAddress(e.getCause())) {
            refuse(request, response, unknownAddress());
            return;
        }
        unauthorized(request, response, challenge, UNAUTHORIZED);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e) {
        refuse(
                request,
                response,
                isUnknownAddress(e)
                        ? unknownAddress()
                        : new RequestRefused(HttpStatus.FORBIDDEN, "forbidden", FORBIDDEN));
    }

    void unauthorized(HttpServletRequest request, HttpServletResponse response, String challenge, String detail) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        refuse(request, response, new RequestRefused(HttpStatus.UNAUTHORIZED, "unauthorized", detail));
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, RequestRefused refusal) {
        if (problems.resolveException(request, response, null, refusal) == null) {
            throw refusal;
        }
    }

    private static boolean isUnknownAddress(@Nullable Throwable e) {
        return e instanceof AuthorizationDeniedException denied && denied.getAuthorizationResult() == UNKNOWN_ADDRESS;
    }

    private static RequestRefused unknownAddress() {
        return new RequestRefused(
                HttpStatus.NOT_FOUND,
                "not-found",
                "There is nothing at this address. /swagger-ui.html shows what there is.");
    }
}
