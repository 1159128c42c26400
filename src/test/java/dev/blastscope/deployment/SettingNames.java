package dev.blastscope.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The environment variables that set a property of this program or of Spring Boot, from the metadata of both. */
final class SettingNames {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Set<String> PROPERTIES = new HashSet<>();
    private static final Set<String> VALUES = new HashSet<>();
    /** Maps: whatever follows their name is a key. */
    private static final Set<String> MAPS = new HashSet<>();

    static {
        try {
            for (URL file : Collections.list(SettingNames.class.getClassLoader().getResources(METADATA))) {
                try (InputStream json = file.openStream()) {
                    JsonMapper.shared().readTree(json).path("properties").forEach(SettingNames::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SettingNames() {}

    /** Whether Spring Boot binds this variable, such as {@code SPRING_DATASOURCE_URL}, to a property that exists. */
    static boolean isKnown(String environmentVariable) {
        return VALUES.contains(environmentVariable) || MAPS.stream().anyMatch(environmentVariable::startsWith);
    }

    /** Whether there is a property of this name, such as {@code server.port}. */
    static boolean isProperty(String name) {
        return PROPERTIES.contains(name);
    }

    /** Whether there are properties below this name. */
    static boolean isPrefix(String name) {
        return PROPERTIES.stream().anyMatch(property -> property.startsWith(name + "."));
    }

    /** The one spelling of a property's variable that we document. */
    static boolean isCanonical(String environmentVariable) {
        return PROPERTIES.stream()
                .map(name -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
                .anyMatch(environmentVariable::equals);
    }

    private static void add(JsonNode property) {
        String name = property.path("name").asString();
        PROPERTIES.add(name);
        boolean map = property.path("type").asString("").startsWith("java.util.Map");
        // Spring Boot takes both: dashes left out, and, as it did of old, dashes as underscores.
        for (String dash : Set.of("", "_")) {
            String variable = name.replace("-", dash).replace('.', '_').toUpperCase(Locale.ROOT);
            VALUES.add(variable);
            if (map) {
                MAPS.add(variable + "_");
            }
        }
    }
}
