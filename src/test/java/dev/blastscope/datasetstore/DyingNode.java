package dev.blastscope.datasetstore;

import dev.blastscope.Jvm;
import dev.blastscope.database.Chunks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A replica in another JVM that shares a data set without end, and is killed. */
final class DyingNode implements AutoCloseable {

    static final String NAME = "endless";
    static final int CHUNKS = 3;

    private final Process process;

    private DyingNode(Process process) {
        this.process = process;
    }

    /** Returns once it has shared some chunks. */
    static DyingNode start(Path home, String database) throws IOException {
        Process process = Jvm.running(DyingNode.class, home, database).start();
        String said = process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .filter("begun"::equals)
                .findFirst()
                .orElse("nothing");
        if (!said.equals("begun")) {
            throw new IOException("The node ended before it shared anything");
        }
        return new DyingNode(process);
    }

    @Override
    public void close() {
        kill();
    }

    /** Kills it, on Unix with SIGKILL, and waits until it is dead. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] args) throws Exception {
        DatasetReport report =
                new DatasetReport(NAME, "sha256:", Instant.now(), 1, Map.of(), Map.of(), 0, 0, List.of());
        new Node(Path.of(args[0]), args[1]).files.add(report, out -> {
            out.write(new byte[CHUNKS * Chunks.SIZE]);
            System.out.println("begun");
            System.in.read();
        });
    }
}
