package dev.blastscope.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads every JSON body strictly, and names the field that breaks a rule.
 *
 * <p>A body is a record that a controller takes as {@code @Valid @RequestBody}; the types and Bean Validation
 * constraints of its components are the rules. Nothing is guessed: no unknown or repeated field, no text or fraction
 * for a whole number, no null for a primitive, nothing behind the body.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StrictBodies implements JsonMapperBuilderCustomizer, ProblemCatalog {

    private static final ProblemKind INVALID_BODY = ProblemKind.of(
            HttpStatus.BAD_REQUEST,
            "invalid-body",
            "The JSON body breaks a rule; the problem's `fields` names the fields",
            "epochs must be a whole number from 1 to 10000.");

    private static final String NO_OBJECT = "The body must be one JSON object, with nothing after it.";

    /** Jackson knows a repeated field by its message alone. */
    private static final Pattern REPEATED = Pattern.compile("Duplicate Object property \"([^\"]*)\"");

    /** What is harmless to repeat of a request. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    @Override
    public List<ProblemKind> kinds() {
        return List.of(INVALID_BODY);
    }

    @Override
    public List<ProblemKind> impliedFor(HandlerMethod operation) {
        boolean takesJson = Stream.of(operation.getMethod().getParameters())
                .anyMatch(parameter -> parameter.isAnnotationPresent(RequestBody.class));
        return takesJson ? List.of(INVALID_BODY) : List.of();
    }

    @Override
    public void customize(JsonMapper.Builder json) {
        json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, text -> Stream.of(
                                CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                        .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)));
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException e) {
        Optional<JacksonException> cause = causes(e)
                .filter(JacksonException.class::isInstance)
                .map(JacksonException.class::cast)
                .findFirst();
        return cause.map(StrictBodies::refused).orElseGet(() -> response(List.of(), NO_OBJECT));
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(MethodArgumentNotValidException e) {
        Class<?> body = e.getParameter().getParameterType();
        List<String> fields = e.getBindingResult().getFieldErrors().stream()
                .map(FieldError::getField)
                .distinct()
                .sorted()
                .toList();
        return response(
                fields,
                fields.stream()
                        .map(field -> BodyField.at(body, field).sentence())
                        .collect(Collectors.joining(" ")));
    }

    private static ResponseEntity<Object> refused(JacksonException e) {
        Matcher repeated = REPEATED.matcher(String.valueOf(e.getOriginalMessage()));
        if (repeated.find()) {
            String field = harmless(repeated.group(1));
            return response(List.of(field), field + " is given more than once.");
        }
        List<JacksonException.Reference> path = e.getPath();
        if (path.isEmpty()) {
            return response(
                    List.of(),
                    e instanceof StreamReadException
                            ? "The body is not valid JSON: see line "
                                    + e.getLocation().getLineNr() + ", column "
                                    + e.getLocation().getColumnNr() + "."
                            : NO_OBJECT);
        }
        String field = path.stream()
                .map(JacksonException.Reference::getPropertyName)
                .map(StrictBodies::harmless)
                .collect(Collectors.joining("."));
        if (e instanceof UnrecognizedPropertyException unknown) {
            return response(
                    List.of(field),
                    field + " is not a field of the body. Use: " + BodyField.names(unknown.getReferringClass()) + ".");
        }
        return response(List.of(field), BodyField.at(type(path.get(0)), field).sentence());
    }

    private static Class<?> type(JacksonException.Reference reference) {
        Object from = reference.from();
        return from instanceof Class<?> type ? type : from.getClass();
    }

    private static String harmless(@Nullable String name) {
        return name != null && NAME.matcher(name).matches() ? name : "A field";
    }

    private static Stream<Throwable> causes(Throwable e) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes.stream();
    }

    private static ResponseEntity<Object> response(List<String> fields, String detail) {
        ProblemDetail problem = INVALID_BODY.problem(detail);
        problem.setProperty("fields", fields);
        return Problem.response(problem);
    }
}
