package dev.blastscope.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The {@code kubectl} of this machine, whose built-in kustomize needs no cluster. */
final class Kubectl {

    /** Version 1.20, for one, names no kustomize: its own is too old for what is written here. */
    private static final Pattern RECENT = Pattern.compile("\"kustomizeVersion\": *\"v([4-9]|\\d\\d)");

    private static final boolean THERE = look();

    private Kubectl() {}

    static boolean isThere() {
        return THERE;
    }

    /** The objects that an overlay stands for, as YAML. */
    static String kustomize(Path overlay) {
        try {
            return run("kustomize", overlay.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean look() {
        try {
            return RECENT.matcher(run("version", "--client", "--output=json")).find();
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "kubectl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return output;
    }
}
