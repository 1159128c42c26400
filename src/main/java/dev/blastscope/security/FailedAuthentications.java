package dev.blastscope.security;

import dev.blastscope.web.DatabaseOutage;
import dev.blastscope.web.RequestRefused;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts failed authentications, and lets a remote address that had too many of them wait before its next key or token is
 * even looked at; who shows none is not kept waiting.
 */
final class FailedAuthentications extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(FailedAuthentications.class);
    private static final Duration UNTIL_REACHABLE = Duration.ofSeconds(10);

    private final Buckets failures;
    private final AccessRefusals refusals;
    private final Counter invalidKeys;
    private final Counter invalidTokens;
    private final Counter tooMany;

    FailedAuthentications(int perMinute, TimeMeter time, AccessRefusals refusals, MeterRegistry registry) {
        this.failures = new Buckets(perMinute, time);
        this.refusals = refusals;
        this.invalidKeys = counter(registry, "invalid-key");
        this.invalidTokens = counter(registry, "invalid-token");
        this.tooMany = counter(registry, "too-many-failures");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getHeader(KeyFilter.HEADER) != null || request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            EstimationProbe next = failures.of(request.getRemoteAddr()).estimateAbilityToConsume(1);
            if (!next.canBeConsumed()) {
                tooMany.increment();
                refusals.refuse(request, response, wait(next));
                return;
            }
        }
        try {
            chain.doFilter(request, response);
        } catch (AuthenticationServiceException e) {
            log.warn("A bearer token could not be checked. Is the identity provider reachable? {}", e.getMessage());
            refusals.refuse(request, response, unchecked());
        } catch (DataAccessException e) {
            log.warn("A key could not be looked up: the database does not answer. {}", e.getMessage());
            refusals.refuse(request, response, DatabaseOutage.of(e).orElseThrow(() -> e));
        }
    }

    void invalidKey(HttpServletRequest request, HttpServletResponse response) {
        failed(request, invalidKeys);
        refusals.unauthorized(
                request,
                response,
                AccessRefusals.KEY_CHALLENGE,
                "The key in the header X-API-Key is not valid: it was mistyped, rotated or deleted. Ask an admin for a"
                        + " new one.");
    }

    void invalidToken(HttpServletRequest request, HttpServletResponse response) {
        failed(request, invalidTokens);
        refusals.unauthorized(
                request,
                response,
                AccessRefusals.TOKEN_CHALLENGE + ", error=\"invalid_token\"",
                "The bearer token is not valid: it is malformed, out of date, without a subject, or not signed for this"
                        + " service. Get a new one.");
    }

    private void failed(HttpServletRequest request, Counter counter) {
        counter.increment();
        failures.of(request.getRemoteAddr()).tryConsume(1);
    }

    private static RequestRefused wait(EstimationProbe next) {
        Duration wait = Buckets.wholeSeconds(next.getNanosToWaitForRefill());
        return new RequestRefused(
                AccessProblems.TOO_MANY_FAILURES,
                "Too many keys or tokens from your address were not valid. Try again in " + wait.toSeconds()
                        + " s, with a valid one.",
                wait);
    }

    private static RequestRefused unchecked() {
        return new RequestRefused(
                AccessProblems.IDENTITY_PROVIDER_UNAVAILABLE,
                AccessProblems.IDENTITY_PROVIDER_UNAVAILABLE.example(),
                UNTIL_REACHABLE);
    }

    private static Counter counter(MeterRegistry registry, String reason) {
        return Counter.builder("blastscope.authentication.failures")
                .description("Requests refused for their key or token, by reason")
                .tag("reason", reason)
                .register(registry);
    }
}
