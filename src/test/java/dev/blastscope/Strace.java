package dev.blastscope;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs of the tests in a JVM of their own and kills them at a system call of choice, by Linux's strace. */
public final class Strace {

    /** What makes a change to a folder's names last, or its files' bytes; as patterns of the calls' names. */
    public static final List<String> CHANGES = List.of("/^mkdir", "/^f(data)?sync$", "/^rename", "/^(unlink|rmdir)");

    private static final int SIGKILL = 137;

    private Strace() {}

    /** Whether it is installed and may trace; for {@code @EnabledIf}. */
    public static boolean isThere() {
        try {
            return run(List.of("strace", "-o", "/dev/null", "true")) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Runs a program whose main thread meets SIGKILL at its n-th call, or ends before.
     *
     * @param call one of the {@link #CHANGES}
     * @param n from 1
     * @return whether it was killed
     */
    public static boolean kills(String call, int n, Class<?> program, Path folder) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=" + call));
        command.addAll(List.of("-e", "inject=" + call + ":signal=SIGKILL:when=" + n));
        // Else the JVM's own files would count.
        List<String> options = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");
        command.addAll(Jvm.command(options, program, folder));
        int status = run(command);
        if (status != 0 && status != SIGKILL) {
            throw new IOException("The program ended with status " + status);
        }
        return status == SIGKILL;
    }

    private static int run(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .onExit()
                .join()
                .exitValue();
    }
}
