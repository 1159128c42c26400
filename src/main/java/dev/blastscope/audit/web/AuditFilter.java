package dev.blastscope.audit.web;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditRecords.Criteria;
import dev.blastscope.web.RequestRefused;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ValueRange;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The search criteria of a request. */
record AuditFilter(
        @Parameter(
                description = "The prediction that a record is about, by the id of its answer",
                example = "01992f3a-5c1e-7f64-b1c9-6f0a9d4f2b11")
        @Nullable
        String predictionId,

        @Parameter(
                description = "SHA-256 of the image that a record is about",
                example = "0577c501f009dc001c39bd02daac5fa00d30157faed12b55683b18892ce0e80d")
        @Nullable
        String image,

        @Parameter(
                description = "Who did it: the name of a key, the subject of a token, anonymous, or service",
                example = "ward-7")
        @Nullable
        String actor,

        @Parameter(description = "What was done", schema = @Schema(implementation = AuditAction.class)) @Nullable
        String action,

        @Parameter(
                description = "The earliest time, with a time zone",
                schema = @Schema(type = "string", format = "date-time"))
        @Nullable
        String since,

        @Parameter(
                description = "The time, with a time zone, before which it happened",
                schema = @Schema(type = "string", format = "date-time"))
        @Nullable
        String until) {

    static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final int MAX_ACTOR_LENGTH = 255;

    /** All that every database accepts. */
    private static final ValueRange YEARS = ValueRange.of(1970, 9999);

    /** @throws RequestRefused if one of them is malformed */
    Criteria criteria() {
        return new Criteria(
                matching("predictionId", predictionId, ID, "the id of a prediction, a UUID in lower case"),
                matching("image", image, SHA256, "the SHA-256 of a file, 64 lower-case hexadecimal digits"),
                name(),
                recordedAction(),
                time("since", since),
                time("until", until));
    }

    private static Optional<String> matching(String name, @Nullable String value, Pattern form, String formInWords) {
        if (value != null && !form.matcher(value).matches()) {
            throw invalid(name + " must be " + formInWords + ".");
        }
        return Optional.ofNullable(value);
    }

    private Optional<String> name() {
        if (actor != null
                && (actor.isBlank()
                        || actor.length() > MAX_ACTOR_LENGTH
                        || actor.chars().anyMatch(Character::isISOControl))) {
            throw invalid("actor must have 1 to " + MAX_ACTOR_LENGTH + " printable characters.");
        }
        return Optional.ofNullable(actor);
    }

    private Optional<AuditAction> recordedAction() {
        if (action == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(AuditAction.values())
                .filter(known -> known.name().equals(action))
                .findFirst()
                .orElseThrow(() -> invalid("action must be one of: "
                        + Arrays.stream(AuditAction.values()).map(Enum::name).collect(Collectors.joining(", "))
                        + ".")));
    }

    private static Optional<Instant> time(String name, @Nullable String value) {
        try {
            return Optional.ofNullable(value).map(OffsetDateTime::parse).map(time -> {
                if (!YEARS.isValidValue(time.getYear())) {
                    throw invalid(name + " must be in a year from 1970 to 9999.");
                }
                return time.toInstant();
            });
        } catch (DateTimeParseException e) {
            throw invalid(name + " must be a time with a time zone, such as 2026-11-22T08:30:00Z.");
        }
    }

    private static RequestRefused invalid(String rule) {
        return new RequestRefused(AuditProblems.INVALID_FILTER, rule);
    }
}
