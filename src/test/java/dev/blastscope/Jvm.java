package dev.blastscope;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the tests in a JVM of their own, which may be killed. */
public final class Jvm {

    private Jvm() {}

    /**
     * What runs a main class with the tests' own Java and classes, soon warm, and says on our error stream what it has
     * to.
     */
    public static ProcessBuilder running(Class<?> program, Object... arguments) {
        return new ProcessBuilder(command(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), program, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** The command line for that, with options of the JVM. */
    public static List<String> command(List<String> options, Class<?> program, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the jar's manifest says; else newer ones warn.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(Stream.of(arguments).map(Object::toString).toList());
        return command;
    }
}
