package dev.blastscope.web;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A field of a JSON body, and the rule for its value in words: one sentence, whichever part of it is broken.
 *
 * @param path such as {@code fineTuning.epochs}
 * @param component the record's component that it becomes; absent where the path leads to none
 */
record BodyField(String path, Optional<RecordComponent> component) {

    /** The names of the fields of a body or of an object in it. */
    static String names(Class<?> type) {
        return Stream.of(components(type)).map(RecordComponent::getName).collect(Collectors.joining(", "));
    }

    static BodyField at(Class<?> body, String path) {
        Class<?> type = body;
        Optional<RecordComponent> component = Optional.empty();
        for (String name : List.of(path.split("\\."))) {
            component = Stream.of(components(type))
                    .filter(candidate -> candidate.getName().equals(name))
                    .findFirst();
            type = component.<Class<?>>map(RecordComponent::getType).orElse(Object.class);
        }
        return new BodyField(path, component);
    }

    String sentence() {
        boolean required = constraint(NotNull.class).isPresent();
        return path + (required ? " is required and must be " : " must be ") + value() + ".";
    }

    private String value() {
        Class<?> type = component.<Class<?>>map(RecordComponent::getType).orElse(Object.class);
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text" + length();
        }
        if (type == Integer.class || type == Long.class || type == int.class || type == long.class) {
            return "a whole number" + range();
        }
        if (type == Double.class || type == double.class) {
            return "a number" + range();
        }
        return "a JSON object";
    }

    private String length() {
        return constraint(Size.class)
                .map(size -> " of " + size.min() + " to " + size.max() + " characters")
                .orElse("");
    }

    private String range() {
        Optional<String> least = constraint(Min.class)
                .map(min -> String.valueOf(min.value()))
                .or(() -> constraint(DecimalMin.class).map(DecimalMin::value));
        Optional<String> most = constraint(Max.class)
                .map(max -> String.valueOf(max.value()))
                .or(() -> constraint(DecimalMax.class).map(DecimalMax::value));
        return least.map(from -> " from " + from).orElse("")
                + most.map(to -> " to " + to).orElse("");
    }

    private <A extends Annotation> Optional<A> constraint(Class<A> type) {
        return component.map(found -> found.getAccessor().getAnnotation(type));
    }

    private static RecordComponent[] components(Class<?> type) {
        return type.isRecord() ? type.getRecordComponents() : new RecordComponent[0];
    }
}
