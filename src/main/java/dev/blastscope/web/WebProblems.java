package dev.blastscope.web;

import io.swagger.v3.oas.annotations.Hidden;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/** The problems of HTTP itself, and those that any operation may answer with. */
@Component
public final class WebProblems implements ProblemCatalog {

    static final ProblemKind BAD_REQUEST = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "bad-request",
            "A parameter or a header does not have the right form",
            "The parameter page must be a whole number.");
    static final ProblemKind UNKNOWN_PARAMETER = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "unknown-parameter",
            "A query parameter is not one of this operation",
            "There is no query parameter \"form\" here. Use: from, limit.");
    public static final ProblemKind INVALID_PAGE = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "invalid-page",
            "The page is not in the accepted range",
            "from must be at least 1, and limit between 1 and 1000.");

    /** Of a reason for the audit trail, in characters. */
    public static final int MAX_REASON_LENGTH = 1_000;

    public static final ProblemKind INVALID_REASON = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "invalid-reason",
            "The reason is too long",
            "why must have at most " + MAX_REASON_LENGTH + " characters. Shorten the reason.");
    static final ProblemKind MALFORMED_MULTIPART = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "malformed-multipart",
            "The form is incomplete or malformed",
            "The multipart body could not be read to its end. Send a complete multipart/form-data body with its closing"
                    + " boundary; an HTTP client's own file upload does so.");
    public static final ProblemKind NOT_FOUND = ProblemKind.of(
            HttpStatus.NOT_FOUND,
            "not-found",
            "There is nothing at this address",
            "There is nothing at this address. /swagger-ui.html shows what there is.");
    static final ProblemKind NOT_ACCEPTABLE = ProblemKind.of(
            HttpStatus.NOT_ACCEPTABLE,
            "not-acceptable",
            "The Accept header excludes the types of the response",
            "The Accept header must allow application/json.");
    static final ProblemKind FORM_TOO_LARGE = ProblemKind.of(
            HttpStatus.CONTENT_TOO_LARGE,
            "form-too-large",
            "The form has too many bytes or parts",
            "A form may have at most 64 MB and 70 parts. Send smaller images, or fewer at once.");
    static final ProblemKind UNSUPPORTED_MEDIA_TYPE = ProblemKind.of(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "The Content-Type is not one that this operation takes",
            "The Content-Type of the body must be one of: application/json.");
    static final ProblemKind INTERNAL_SERVER_ERROR = ProblemKind.of(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal-server-error",
            "A fault of the service",
            "Something went wrong in the service. Its log has the details under the X-Request-Id of this response.");
    static final ProblemKind DATABASE_UNAVAILABLE = ProblemKind.of(
            HttpStatus.SERVICE_UNAVAILABLE,
            "database-unavailable",
            "The database does not answer",
            "The database does not answer, so this cannot be looked up or stored. Try again in a moment; the log of the"
                    + " service has the reason.");

    WebProblems() {}

    @Override
    public List<ProblemKind> kinds() {
        return List.of(
                BAD_REQUEST,
                UNKNOWN_PARAMETER,
                INVALID_PAGE,
                INVALID_REASON,
                MALFORMED_MULTIPART,
                NOT_FOUND,
                NOT_ACCEPTABLE,
                FORM_TOO_LARGE,
                UNSUPPORTED_MEDIA_TYPE,
                INTERNAL_SERVER_ERROR,
                DATABASE_UNAVAILABLE);
    }

    @Override
    public List<ProblemKind> impliedFor(HandlerMethod operation) {
        if (operation.getBeanType().isAnnotationPresent(Hidden.class)) {
            return List.of();
        }
        List<ProblemKind> implied = new ArrayList<>();
        implied.add(UNKNOWN_PARAMETER);
        if (isAnythingParsed(operation.getMethod())) {
            implied.add(BAD_REQUEST);
        }
        List<String> consumed = consumed(operation);
        if (consumed.contains(MediaType.MULTIPART_FORM_DATA_VALUE)) {
            implied.add(MALFORMED_MULTIPART);
            implied.add(FORM_TOO_LARGE);
        }
        if (!consumed.isEmpty()) {
            implied.add(UNSUPPORTED_MEDIA_TYPE);
        }
        if (mappings(operation).anyMatch(mapping -> mapping.produces().length > 0)) {
            implied.add(NOT_ACCEPTABLE);
        }
        implied.add(INTERNAL_SERVER_ERROR);
        implied.add(DATABASE_UNAVAILABLE);
        return implied;
    }

    private static List<String> consumed(HandlerMethod operation) {
        return mappings(operation)
                .flatMap(mapping -> Stream.of(mapping.consumes()))
                .toList();
    }

    private static Stream<RequestMapping> mappings(HandlerMethod operation) {
        return Stream.of(operation.getMethod(), operation.getBeanType())
                .map(element -> AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class))
                .flatMap(Stream::ofNullable);
    }

    private static boolean isAnythingParsed(Method method) {
        return Stream.of(method.getParameters()).anyMatch(WebProblems::isParsed);
    }

    private static boolean isParsed(Parameter parameter) {
        ResolvableType type = ResolvableType.forType(parameter.getParameterizedType());
        boolean isText =
                type.getRawClass() == String.class || type.getGeneric(0).getRawClass() == String.class;
        return !isText
                && (parameter.isAnnotationPresent(RequestParam.class)
                        || parameter.isAnnotationPresent(PathVariable.class));
    }
}
