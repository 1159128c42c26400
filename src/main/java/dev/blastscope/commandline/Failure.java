package dev.blastscope.commandline;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.refusal.Refusal;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.validation.FieldError;
import picocli.CommandLine.ExitCode;

/**
 * A failure that the user can fix; a stack trace would only hide how.
 *
 * @param message what went wrong and how to fix it
 * @param exitCode 1 for a failure, 2 for an invalid setting
 */
record Failure(String message, int exitCode) {

    private static final List<Class<? extends Exception>> WRITTEN_FOR_USERS =
            List.of(Refusal.class, UncheckedIOException.class, InterruptedException.class);

    /** The message of the first cause that was written for users; empty for a defect of the program. */
    static Optional<Failure> of(Exception failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(e -> ofOne(e).stream())
                .findFirst();
    }

    private static Optional<Failure> ofOne(Throwable e) {
        if (e instanceof BindValidationException invalid) {
            return Optional.of(new Failure(rulesBrokenIn(invalid.getValidationErrors()), ExitCode.USAGE));
        }
        if (e instanceof BindException unbound && unbound.getProperty() != null) {
            return Optional.of(new Failure(
                    "The setting " + unbound.getName() + " cannot be "
                            + unbound.getProperty().getValue() + ".",
                    ExitCode.USAGE));
        }
        if (e instanceof DatasetRejected rejected) {
            return Optional.of(new Failure(withProblems(rejected), ExitCode.SOFTWARE));
        }
        return WRITTEN_FOR_USERS.stream().anyMatch(type -> type.isInstance(e)) && e.getMessage() != null
                ? Optional.of(new Failure(e.getMessage(), ExitCode.SOFTWARE))
                : Optional.empty();
    }

    private static String withProblems(DatasetRejected rejected) {
        return Stream.concat(
                        Stream.of(String.valueOf(rejected.getMessage())),
                        rejected.problems().stream().map(problem -> "Left out: " + problem))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String rulesBrokenIn(ValidationErrors errors) {
        return errors.getAllErrors().stream()
                .map(error -> error instanceof FieldError field
                        ? "The setting " + errors.getName() + "." + field.getField() + " " + field.getDefaultMessage()
                                + ", not " + field.getRejectedValue() + "."
                        : String.valueOf(error.getDefaultMessage()))
                .collect(Collectors.joining(" "));
    }
}
