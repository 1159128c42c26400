package dev.blastscope.security;

import dev.blastscope.web.DatabaseOutage;
import dev.blastscope.web.RequestRefused;
import io.github.bucket4j.ConsumptionProbe;
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
 * Counts failed authentications, and refuses further ones of a remote address that had too many of them with 429.
 *
 * <p>Many clients may share an address, so that the wrong keys of one must not lock out the others: every key is looked
 * up, which is one select by its primary key, and a valid one passes. A token of such an address is refused unseen,
 * since checking it may cost a request to the identity provider; wrong keys do not count against tokens.
 */
final class FailedAuthentications extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(FailedAuthentications.class);
    private static final Duration UNTIL_REACHABLE = Duration.ofSeconds(10);

    private final Buckets keys;
    private final Buckets tokens;
    private final AccessRefusals refusals;
    private final Counter invalidKeys;
    private final Counter invalidTokens;
    private final Counter tooMany;

    FailedAuthentications(int perMinute, TimeMeter time, AccessRefusals refusals, MeterRegistry registry) {
        this.keys = new Buckets(perMinute, time);
        this.tokens = new Buckets(perMinute, time);
        this.refusals = refusals;
        this.invalidKeys = counter(registry, "invalid-key");
        this.invalidTokens = counter(registry, "invalid-token");
        this.tooMany = counter(registry, "too-many-failures");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean tokenAlone =
                request.getHeader(HttpHeaders.AUTHORIZATION) != null && request.getHeader(KeyFilter.HEADER) == null;
        if (tokenAlone) {
            EstimationProbe next = tokens.of(request.getRemoteAddr()).estimateAbilityToConsume(1);
            if (!next.canBeConsumed()) {
                refuse(request, response, next.getNanosToWaitForRefill());
                return;
            }
        }
        try {
            chain.doFilter(request, response);
        } catch (AuthenticationServiceException e) {
            log.warn("A bearer token could not be checked. Is the identity provider reachable? {}", e.getMessage());
            refusals.refuse(request, response, unchecked());
        } catch (DataAccessException e) {
            log.warn("A key could not be looked up: the database does not answer.", e);
            refusals.refuse(request, response, DatabaseOutage.of(e).orElseThrow(() -> e));
        }
    }

    void invalidKey(HttpServletRequest request, HttpServletResponse response) {
        ConsumptionProbe failure = keys.of(request.getRemoteAddr()).tryConsumeAndReturnRemaining(1);
        if (!failure.isConsumed()) {
            refuse(request, response, failure.getNanosToWaitForRefill());
            return;
        }
        invalidKeys.increment();
        refusals.unauthorized(
                request,
                response,
                AccessRefusals.KEY_CHALLENGE,
                "The key in the header X-API-Key is not valid: it was mistyped, rotated or deleted. Ask an admin for a"
                        + " new one.");
    }

    void invalidToken(HttpServletRequest request, HttpServletResponse response) {
        tokens.of(request.getRemoteAddr()).tryConsume(1);
        invalidTokens.increment();
        refusals.unauthorized(
                request,
                response,
                AccessRefusals.TOKEN_CHALLENGE + ", error=\"invalid_token\"",
                "The bearer token is not valid: it is malformed, out of date, without a subject, or not signed for this"
                        + " service. Get a new one.");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, long nanosToWait) {
        tooMany.increment();
        Duration wait = Buckets.wholeSeconds(nanosToWait);
        refusals.refuse(
                request,
                response,
                new RequestRefused(
                        AccessProblems.TOO_MANY_FAILURES,
                        "Too many keys or tokens from your address were not valid. Try again in " + wait.toSeconds()
                                + " s, with a valid one.",
                        wait));
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
