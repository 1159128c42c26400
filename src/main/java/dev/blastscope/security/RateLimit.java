package dev.blastscope.security;

import dev.blastscope.web.RequestRefused;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.WebUtils;

/**
 * Limits the images per minute of each client, before a body is read.
 *
 * <p>How many images a batch has is known only once it is read: it is admitted as one, and the others are charged when
 * it was answered, if need be as a debt that delays the client's next request.
 */
@Component
final class RateLimit implements HandlerInterceptor, WebMvcConfigurer {

    private static final String ACCOUNT = RateLimit.class.getName();

    private final Optional<Buckets> keys;
    private final Optional<Buckets> addresses;
    private final Counter refusals;

    @Autowired
    RateLimit(SecuritySettings settings, MeterRegistry registry) {
        this(settings.rate(), registry, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimit(SecuritySettings.Rate rate, MeterRegistry registry, TimeMeter time) {
        this.keys = buckets(rate.perKey(), time);
        this.addresses = buckets(rate.perAddress(), time);
        this.refusals = registry.counter("blastscope.refusals", "reason", AccessProblems.RATE_LIMITED.code());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        if (keys.isPresent() || addresses.isPresent()) {
            interceptors
                    .addInterceptor(this)
                    .addPathPatterns("/api/v1/predictions/**", "/api/v1/cases", "/api/v1/explanations");
        }
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Optional<Bucket> account = account(request);
        if (account.isEmpty()) {
            return true;
        }
        ConsumptionProbe first = account.get().tryConsumeAndReturnRemaining(1);
        if (!first.isConsumed()) {
            refusals.increment();
            Duration wait = Buckets.wholeSeconds(first.getNanosToWaitForRefill());
            throw new RequestRefused(
                    AccessProblems.RATE_LIMITED,
                    "You have sent more images than the operator allows a client each minute. Try again in "
                            + wait.toSeconds() + " s.",
                    wait);
        }
        request.setAttribute(ACCOUNT, account.get());
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception e) {
        // A refused form may not have been read, and asking it for its files would read it now.
        boolean answered = response.getStatus() == HttpStatus.OK.value();
        if (answered && request.getAttribute(ACCOUNT) instanceof Bucket account) {
            long others = files(request) - 1;
            if (others > 0) {
                account.consumeIgnoringRateLimits(others);
            }
        }
    }

    private Optional<Bucket> account(HttpServletRequest request) {
        Authentication client = SecurityContextHolder.getContext().getAuthentication();
        return client == null || client instanceof AnonymousAuthenticationToken
                ? addresses.map(all -> all.of(request.getRemoteAddr()))
                // A token's subject may be the name of a key.
                : keys.map(all -> all.of(client.getClass().getSimpleName() + " " + client.getName()));
    }

    private static long files(HttpServletRequest request) {
        MultipartHttpServletRequest form = WebUtils.getNativeRequest(request, MultipartHttpServletRequest.class);
        return form == null
                ? 0
                : form.getMultiFileMap().values().stream()
                        .mapToLong(List<MultipartFile>::size)
                        .sum();
    }

    private static Optional<Buckets> buckets(int perMinute, TimeMeter time) {
        return perMinute == 0 ? Optional.empty() : Optional.of(new Buckets(perMinute, time));
    }
}
