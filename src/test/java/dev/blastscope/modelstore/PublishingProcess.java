package dev.blastscope.modelstore;

import dev.blastscope.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another JVM that publishes models, saying each version's name when its card is asked for. */
final class PublishingProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader names;

    private PublishingProcess(Process process) {
        this.process = process;
        this.names = process.inputReader(StandardCharsets.UTF_8);
    }

    static PublishingProcess start(Path models, int publications) throws IOException {
        return new PublishingProcess(
                Jvm.running(PublishingProcess.class, models, publications).start());
    }

    public static void main(String[] args) {
        ModelStore store = Models.store(Path.of(args[0]), "2026-11-22T12:00:00Z");
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            store.publish(new byte[1 << 20], Models.HEADS, version -> {
                System.out.println(version);
                return Models.card(version);
            });
        }
    }

    /** Waits until it is in the middle of its next publication. */
    String inTheMiddle() throws IOException {
        return names.readLine();
    }

    /** Waits until it has ended by itself. */
    int exitStatus() throws IOException, InterruptedException {
        names.transferTo(Writer.nullWriter());
        return process.waitFor();
    }

    /** Kills it, on Unix with SIGKILL, and waits until it is dead. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
