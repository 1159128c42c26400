package dev.blastscope.audit;

import dev.blastscope.Jvm;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another JVM whose four threads record predictions durably, and say each image once it is told to be on record. */
final class RecordingProcess implements AutoCloseable {

    /** What tells these lines from those of a log. */
    private static final String ACKNOWLEDGED = "on record: ";

    private final Process process;
    private final BufferedReader acknowledged;

    private RecordingProcess(Process process) {
        this.process = process;
        this.acknowledged = process.inputReader(StandardCharsets.UTF_8);
    }

    static RecordingProcess start(Path database, String prefix) throws IOException {
        return new RecordingProcess(
                Jvm.running(RecordingProcess.class, database, prefix).start());
    }

    public static void main(String[] args) {
        AuditWriter writer = new AuditWriter(AuditDatabase.h2(args[0]).chain(), new SimpleMeterRegistry());
        for (int thread = 0; thread < 4; thread++) {
            String prefix = args[1] + "-" + thread + "-";
            new Thread(() -> {
                        for (int i = 0; ; i++) {
                            writer.append(List.of(AuditDatabase.prediction(prefix + i)));
                            System.out.println(ACKNOWLEDGED + prefix + i);
                        }
                    })
                    .start();
        }
    }

    /** Waits until one more is acknowledged. */
    String next() throws IOException {
        String line = acknowledged.readLine();
        while (!line.startsWith(ACKNOWLEDGED)) {
            line = acknowledged.readLine();
        }
        return line.substring(ACKNOWLEDGED.length());
    }

    /** Kills it, on Unix with SIGKILL, and waits until it is dead. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
