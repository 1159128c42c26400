package dev.blastscope.web;

import dev.blastscope.refusal.Refusal;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/**
 * All kinds of problems by their code: refusals are answered by them, and the OpenAPI document lists those of each
 * operation, named by its {@link Problems} or {@linkplain ProblemCatalog#impliedFor implied}.
 */
@Component
public final class ProblemKinds implements GlobalOperationCustomizer {

    private static final List<Integer> RETRIED =
            List.of(HttpStatus.TOO_MANY_REQUESTS.value(), HttpStatus.SERVICE_UNAVAILABLE.value());

    private final List<ProblemCatalog> catalogs;
    private final Map<String, ProblemKind> byCode;

    /** @throws IllegalStateException if two kinds have one code */
    ProblemKinds(List<ProblemCatalog> catalogs) {
        this.catalogs = catalogs;
        byCode = catalogs.stream()
                .flatMap(catalog -> catalog.kinds().stream())
                .collect(Collectors.toUnmodifiableMap(ProblemKind::code, Function.identity()));
    }

    /**
     * The problem that a refusal is answered with.
     *
     * @throws IllegalStateException if no catalog has its code
     */
    public ProblemDetail problem(Refusal refusal) {
        ProblemDetail problem = kind(refusal.code()).problem(refusal.detail());
        refusal.facts().forEach(problem::setProperty);
        return problem;
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        Map<Integer, List<ProblemKind>> byStatus = new TreeMap<>();
        Stream.concat(named(handler), implied(handler)).distinct().forEach(kind -> byStatus.computeIfAbsent(
                        kind.status().value(), status -> new ArrayList<>())
                .add(kind));
        byStatus.forEach((status, kinds) ->
                operation.getResponses().addApiResponse(String.valueOf(status), response(status, kinds)));
        return operation;
    }

    private Stream<ProblemKind> named(HandlerMethod handler) {
        return Stream.of(handler.getMethod(), handler.getBeanType())
                .flatMap(element -> AnnotatedElementUtils.getAllMergedAnnotations(element, Problems.class).stream())
                .flatMap(problems -> Stream.of(problems.value()))
                .map(this::kind);
    }

    /** By code, as the order of the catalogs is that of the class path. */
    private Stream<ProblemKind> implied(HandlerMethod handler) {
        return catalogs.stream()
                .flatMap(catalog -> catalog.impliedFor(handler).stream())
                .sorted(Comparator.comparing(ProblemKind::code));
    }

    private ProblemKind kind(String code) {
        return Optional.ofNullable(byCode.get(code))
                .orElseThrow(() -> new IllegalStateException("No catalog has the problem " + code));
    }

    private static ApiResponse response(int status, List<ProblemKind> kinds) {
        MediaType content = new MediaType().schema(new Schema<>().$ref(ProblemDetail.class.getSimpleName()));
        kinds.forEach(kind -> content.addExamples(kind.code(), kind.toExample()));
        ApiResponse response = new ApiResponse()
                .description(kinds.stream().map(ProblemKind::description).collect(Collectors.joining("; ")))
                .content(new Content()
                        .addMediaType(org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE, content));
        if (RETRIED.contains(status)) {
            response.addHeaderObject(
                    HttpHeaders.RETRY_AFTER,
                    new Header().description("Seconds to wait").schema(new IntegerSchema().example(2)));
        }
        return response;
    }
}
