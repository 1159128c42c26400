package dev.blastscope.security;

import dev.blastscope.web.RequestRefused;
import dev.blastscope.web.WebProblems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers refusals of the filter chain with a problem, like those of the rest of the service. */
@Component
final class AccessRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    /** The decision on an address that no rule names; the response does not reveal whether it exists. */
    static final AuthorizationDecision UNKNOWN_ADDRESS = new AuthorizationDecision(false);

    static final String KEY_CHALLENGE = "ApiKey realm=\"blastscope\", header=\"" + KeyFilter.HEADER + "\"";
    static final String TOKEN_CHALLENGE = "Bearer realm=\"blastscope\"";

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
            refuse(request, response, new RequestRefused(WebProblems.NOT_FOUND));
            return;
        }
        unauthorized(request, response, challenge, AccessProblems.UNAUTHORIZED.example());
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e) {
        refuse(
                request,
                response,
                new RequestRefused(isUnknownAddress(e) ? WebProblems.NOT_FOUND : AccessProblems.FORBIDDEN));
    }

    void unauthorized(HttpServletRequest request, HttpServletResponse response, String challenge, String detail) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        refuse(request, response, new RequestRefused(AccessProblems.UNAUTHORIZED, detail));
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, RequestRefused refusal) {
        if (problems.resolveException(request, response, null, refusal) == null) {
            throw refusal;
        }
    }

    private static boolean isUnknownAddress(@Nullable Throwable e) {
        return e instanceof AuthorizationDeniedException denied && denied.getAuthorizationResult() == UNKNOWN_ADDRESS;
    }
}
