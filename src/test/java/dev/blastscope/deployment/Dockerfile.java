package dev.blastscope.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The instructions of the image's Dockerfile, in order.
 *
 * @param instructions all of them, their continued lines joined
 */
record Dockerfile(List<Instruction> instructions) {

    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\\S+)");
    private static final Pattern STAGE = Pattern.compile("(\\S+) AS (\\S+)");

    /** One instruction, such as {@code EXPOSE 8080}. */
    record Instruction(String name, String arguments) {}

    static Dockerfile read() {
        String text;
        try {
            text = Files.readString(Path.of("Dockerfile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Instruction> instructions = new ArrayList<>();
        for (String line :
                text.replaceAll("(?m)^\\s*#.*\\R", "").replace("\\\n", "").split("\n", -1)) {
            String[] parts = line.strip().split(" +", 2);
            if (parts.length == 2) {
                instructions.add(new Instruction(parts[0], parts[1]));
            }
        }
        return new Dockerfile(instructions);
    }

    /** What follows each instruction of this name. */
    List<String> all(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::arguments)
                .toList();
    }

    /** What follows the one instruction of this name. */
    String one(String name) {
        List<String> all = all(name);
        if (all.size() != 1) {
            throw new AssertionError("There are " + all.size() + " instructions " + name + " in the Dockerfile");
        }
        return all.get(0);
    }

    /** The names of the stages and what each is made from. */
    Map<String, String> stages() {
        Map<String, String> stages = new TreeMap<>();
        all("FROM").forEach(from -> {
            Matcher stage = STAGE.matcher(from);
            if (!stage.matches()) {
                throw new AssertionError("A stage without a name: FROM " + from);
            }
            stages.put(stage.group(2), stage.group(1));
        });
        return stages;
    }

    /** The images that are not made here. */
    Stream<String> baseImages() {
        Map<String, String> stages = stages();
        return stages.values().stream().filter(from -> !stages.containsKey(from));
    }

    /** What is copied from the repository. */
    Stream<Path> copied() {
        return all("COPY").stream()
                .filter(arguments -> !arguments.contains("--from="))
                .flatMap(arguments -> {
                    List<String> words = Stream.of(arguments.split(" +"))
                            .filter(word -> !word.startsWith("--"))
                            .toList();
                    return words.subList(0, words.size() - 1).stream().map(Path::of);
                });
    }

    /** The environment of what runs, on every target. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        Matcher variable = VARIABLE.matcher(String.join(" ", all("ENV")));
        while (variable.find()) {
            environment.put(variable.group(1), variable.group(2));
        }
        return environment;
    }
}
