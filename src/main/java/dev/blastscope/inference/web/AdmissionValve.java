package dev.blastscope.inference.web;

import dev.blastscope.batching.QueueFull;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.Predictor;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.web.ProblemKinds;
import dev.blastscope.web.RequestIds;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses uploads while the queue is full, before anything is done for them: under overload most requests end here, and
 * what they cost is lost to those that are answered. So it stands before every filter: a refused request has an id and
 * counts among the refusals, but it is neither authenticated nor measured nor traced.
 */
final class AdmissionValve extends ValveBase {

    private static final List<PathPattern> UPLOADS = Stream.of(
                    "/api/v1/predictions/**", "/api/v1/cases", "/api/v1/explanations")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    private final Predictor predictor;
    private final ProblemKinds problems;
    private final JsonMapper json;

    AdmissionValve(Predictor predictor, ProblemKinds problems, JsonMapper json) {
        super(true);
        this.predictor = predictor;
        this.problems = problems;
        this.json = json;
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
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (isUpload(request)) {
            try {
                predictor.requireRoom();
            } catch (ModelNotReady | QueueFull refusal) {
                refuse(request, response, refusal);
                return;
            }
        }
        getNext().invoke(request, response);
    }

    private void refuse(Request request, Response response, Refusal refusal) throws IOException {
        ProblemDetail problem = problems.problem(refusal);
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(problem.getStatus());
        response.setHeader(RequestIds.HEADER, RequestIds.of(request));
        refusal.retryAfter()
                .ifPresent(delay -> response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(delay.toSeconds())));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.finishResponse();
    }
}
