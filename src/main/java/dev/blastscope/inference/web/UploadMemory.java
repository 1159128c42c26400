package dev.blastscope.inference.web;

import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.web.RequestRefused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Limits the memory of all uploads together: each reserves its announced length before its body is read, and is refused
 * if that does not fit beside the others.
 */
@Component
final class UploadMemory implements HandlerInterceptor, WebMvcConfigurer {

    private static final String TAKEN = UploadMemory.class.getName();
    private static final int BYTES_PER_PERMIT = 1024;

    /** What a body costs of the heap: the form, its file, a copy, and as much again for all else. */
    private static final int HEAP_PER_BODY = 8;

    private static final Duration UNTIL_SPACE = Duration.ofSeconds(1);

    private final int all;
    private final long unannounced;
    private final Semaphore free;
    private final Counter refusals;

    @Autowired
    UploadMemory(InferenceSettings settings, MeterRegistry registry) {
        this(
                Runtime.getRuntime().maxMemory() / HEAP_PER_BODY,
                settings.image().maxBytes().toBytes(),
                registry);
    }

    /**
     * Shares out memory.
     *
     * @param bytes limit for all bodies together; a larger one is accepted when there is no other
     * @param unannounced what is reserved for a body without an announced length
     */
    UploadMemory(long bytes, long unannounced, MeterRegistry registry) {
        this.all = (int) Math.min(Integer.MAX_VALUE, bytes / BYTES_PER_PERMIT);
        this.unannounced = unannounced;
        this.free = new Semaphore(all);
        this.refusals = registry.counter("blastscope.refusals", "reason", PredictionProblems.TOO_MANY_UPLOADS.code());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors
                .addInterceptor(this)
                .addPathPatterns(
                        "/api/v1/predictions/**",
                        "/api/v1/cases",
                        "/api/v1/explanations",
                        "/api/v1/admin/audit/*/replay");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        int needed = permits(request);
        if (!free.tryAcquire(needed)) {
            refusals.increment();
            throw new RequestRefused(
                    PredictionProblems.TOO_MANY_UPLOADS,
                    "The uploads in progress leave no memory for this one. Try again in " + UNTIL_SPACE.toSeconds()
                            + " s, or send smaller images.",
                    UNTIL_SPACE);
        }
        request.setAttribute(TAKEN, needed);
        return true;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception e) {
        if (request.getAttribute(TAKEN) instanceof Integer taken) {
            free.release(taken);
        }
    }

    private int permits(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        long bytes = announced < 0 ? unannounced : announced;
        return (int) Math.min(all, (bytes + BYTES_PER_PERMIT - 1) / BYTES_PER_PERMIT);
    }
}
