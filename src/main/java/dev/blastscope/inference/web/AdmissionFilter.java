package dev.blastscope.inference.web;

import dev.blastscope.batching.QueueFull;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.Predictor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Refuses uploads while the queue is full, before anything is done for them: under overload most requests end here, and
 * what they cost is lost to those that are answered.
 */
@Component
@Order(AdmissionFilter.AFTER_METRICS)
final class AdmissionFilter extends OncePerRequestFilter {

    /** A refused request has an id and is counted; its client is not authenticated. */
    static final int AFTER_METRICS = Ordered.HIGHEST_PRECEDENCE + 10;

    private static final List<PathPattern> UPLOADS = Stream.of(
                    "/api/v1/predictions/**", "/api/v1/cases", "/api/v1/explanations")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    private final Predictor predictor;
    private final HandlerExceptionResolver problems;

    AdmissionFilter(Predictor predictor, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.predictor = predictor;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !isUpload(request);
    }

    /** Whatever the path is under which the service is reached. */
    static boolean isUpload(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            return false;
        }
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return UPLOADS.stream().anyMatch(pattern -> pattern.matches(path));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            predictor.requireRoom();
        } catch (ModelNotReady | QueueFull refusal) {
            problems.resolveException(request, response, null, refusal);
            return;
        }
        chain.doFilter(request, response);
    }
}
