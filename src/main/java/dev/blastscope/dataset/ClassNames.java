package dev.blastscope.dataset;

import dev.blastscope.prediction.SmearClass;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The names that a class goes by in folders and manifests. */
public final class ClassNames {

    private static final Map<String, SmearClass> BY_NAME = Map.of(
            "benign", SmearClass.BENIGN,
            "early", SmearClass.EARLY_PRE_B,
            "early_pre_b", SmearClass.EARLY_PRE_B,
            "pre", SmearClass.PRE_B,
            "pre_b", SmearClass.PRE_B,
            "pro", SmearClass.PRO_B,
            "pro_b", SmearClass.PRO_B);

    /** The preferred names, for messages. */
    public static final String EXPECTED =
            Arrays.stream(SmearClass.values()).map(ClassNames::nameOf).collect(Collectors.joining(", "));

    private ClassNames() {}

    /** Reads a name such as {@code Early}, {@code early_pre_b} or {@code [Malignant] early Pre-B}. */
    public static Optional<SmearClass> parse(String name) {
        String words = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
        return Optional.ofNullable(BY_NAME.get(words.replaceAll("^_?(malignant_)?|_$", "")));
    }

    public static String nameOf(SmearClass label) {
        return label.name().toLowerCase(Locale.ROOT);
    }
}
