package dev.blastscope.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/** The Compose file, as it reads where no variable of the environment is set. */
final class ComposeFile {

    private final Map<String, Object> content;

    private ComposeFile(Map<String, Object> content) {
        this.content = content;
    }

    static ComposeFile read() {
        try {
            String text = Files.readString(Path.of("docker-compose.yml"));
            return new ComposeFile(new Yaml().load(text.replaceAll("\\$\\{\\w+:-([^}]*)}", "$1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Service> services() {
        Map<String, Service> services = new TreeMap<>();
        section(content, "services").forEach((name, service) -> services.put(name, new Service(map(service))));
        return services;
    }

    Service service(String name) {
        Service service = services().get(name);
        if (service == null) {
            throw new AssertionError("There is no service " + name);
        }
        return service;
    }

    /** The volumes that outlive the containers. */
    List<String> volumes() {
        return List.copyOf(section(content, "volumes").keySet());
    }

    /**
     * One container.
     *
     * @param content what the file says of it
     */
    record Service(Map<String, Object> content) {

        String text(String key) {
            return String.valueOf(content.get(key));
        }

        @SuppressWarnings("unchecked")
        List<String> list(String key) {
            return (List<String>) content.getOrDefault(key, List.of());
        }

        Map<String, Object> section(String key) {
            return ComposeFile.section(content, key);
        }

        /** The sources of the mounts by their targets. */
        Map<String, String> mounts() {
            Map<String, String> mounts = new TreeMap<>();
            for (String volume : list("volumes")) {
                String[] parts = volume.split(":", -1);
                mounts.put(parts[1], parts[0]);
            }
            return mounts;
        }
    }

    private static Map<String, Object> section(Map<String, Object> content, String key) {
        return map(content.getOrDefault(key, Map.of()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
