package dev.blastscope.network;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Another JVM, started with no native settings but those given, that loads the engine and tells what is in force there.
 */
final class NativeProcess {

    private static final long BLOCK_BYTES = 48L << 20;
    private static final int MINOR_FAULTS = 7;

    private NativeProcess() {}

    /** What it prints, OpenMP's own account of its settings included. */
    static String output(List<String> jvmOptions, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NativeProcess.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("(OMP|GOMP|MKL|MALLOC)_.*"));
        builder.environment().put("OMP_DISPLAY_ENV", "verbose");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    public static void main(String[] args) throws IOException {
        try (NDManager manager = NativeRuntime.newManager(Device.cpu())) {
            System.out.println("device = " + manager.getDevice());
        }
        System.out.println("threads = " + NativeRuntime.threads());
        pagesMappedForABlock();
        System.out.println("pages mapped again = " + pagesMappedForABlock());
    }

    /** Allocates, fills and frees a block as big as a tensor, and tells how many pages the system had to map for it. */
    private static long pagesMappedForABlock() throws IOException {
        long before = minorFaults();
        try (Memory block = new Memory(BLOCK_BYTES)) {
            block.clear();
        }
        return minorFaults() - before;
    }

    private static long minorFaults() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[MINOR_FAULTS]);
    }
}
