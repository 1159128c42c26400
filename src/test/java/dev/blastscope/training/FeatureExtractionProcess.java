package dev.blastscope.training;

import dev.blastscope.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another JVM that fills a feature cache, printing how many images it has done. */
final class FeatureExtractionProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader progress;

    FeatureExtractionProcess(Path dataset, Path cache) throws IOException {
        process = Jvm.running(FeatureExtractionProcess.class, dataset, cache)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        progress = process.inputReader(StandardCharsets.UTF_8);
    }

    public static void main(String[] args) throws Exception {
        Trainings.prepare(Path.of(args[0]), Path.of(args[1]), new TrainingProgress() {
            @Override
            public void begin(String stage, long total) {}

            @Override
            public void done(long done, String remark) {
                System.out.println("done " + done);
            }
        });
    }

    /** Waits until the first images are done and the next are under way. */
    void inTheMiddle() throws IOException {
        for (String line = progress.readLine(); line != null; line = progress.readLine()) {
            if (line.startsWith("done ")) {
                return;
            }
        }
        throw new IOException("the process ended before its middle");
    }

    /** Waits until it has ended by itself. */
    int exitStatus() throws IOException, InterruptedException {
        progress.transferTo(Writer.nullWriter());
        return process.waitFor();
    }

    /** Kills it, on Unix with SIGKILL, and waits until it is dead. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
