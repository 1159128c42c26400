package dev.blastscope.trainingjobs;

import static org.awaitility.Awaitility.await;

import dev.blastscope.Blastscope;
import dev.blastscope.Jvm;
import dev.blastscope.datasetstore.DatasetName;
import dev.blastscope.datasetstore.Datasets;
import dev.blastscope.datasetstore.Zip;
import dev.blastscope.network.Freeze;
import dev.blastscope.training.TrainingSettings;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A service in another JVM that begins an endless training, and is killed. */
final class TrainingNode implements AutoCloseable {

    /** What tells its line from those of the log. */
    private static final String AT_WORK = "at work: ";

    private final Process process;
    private final UUID training;

    private TrainingNode(Process process, UUID training) {
        this.process = process;
        this.training = training;
    }

    /** Returns once the node trains. */
    static TrainingNode start(Path home, String database) throws IOException {
        Process process = Jvm.running(TrainingNode.class, home, database).start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(AT_WORK)) {
                return new TrainingNode(process, UUID.fromString(line.substring(AT_WORK.length())));
            }
        }
        throw new IOException("The node ended before it trained");
    }

    UUID training() {
        return training;
    }

    @Override
    public void close() {
        kill();
    }

    /** Kills it, on Unix with SIGKILL, and waits until it is dead. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** A node of this name, whose heartbeats are quick. */
    static ConfigurableApplicationContext open(String node, Path home, String database, String... settings) {
        Stream<String> fixed = Stream.of(
                "--server.port=0",
                "--blastscope.home=" + home,
                "--blastscope.precision=fp32",
                "--blastscope.jobs.node=" + node,
                "--blastscope.jobs.poll=100ms",
                "--blastscope.jobs.heartbeat=1s",
                database.isEmpty() ? "--debug=false" : "--spring.datasource.url=" + database);
        return new SpringApplicationBuilder(Blastscope.class)
                .run(Stream.concat(fixed, Stream.of(settings)).toArray(String[]::new));
    }

    /** Never ends by itself. */
    static Training.Order endless(ConfigurableApplicationContext node) throws Exception {
        Datasets datasets = node.getBean(Datasets.class);
        byte[] zip = Zip.ofSmears("", 6).toBytes();
        String digest = datasets.put(new DatasetName("drawings"), zip.length, new ByteArrayInputStream(zip))
                .report()
                .digest();
        int endless = Integer.MAX_VALUE / 2;
        return new Training.Order(
                Training.Mode.TRAINING,
                "drawings",
                digest,
                Optional.empty(),
                new TrainingSettings(
                        7,
                        Freeze.BACKBONE,
                        endless,
                        endless,
                        256,
                        1e-3f,
                        new TrainingSettings.FineTuning(1, 1, 4, 1e-4f),
                        3,
                        new TrainingSettings.OperatingPoint(0.995, 0.95),
                        new TrainingSettings.Views(0, 0.5f)),
                0,
                false);
    }

    /** Whether this very node trains the heads, whatever a node before it wrote. */
    static boolean learns(ConfigurableApplicationContext node, UUID id) {
        return node.getBean(Trainings.class)
                .find(id)
                .filter(job -> job.state() == Training.State.RUNNING)
                .filter(job -> job.node().equals(Optional.of(name(node))))
                .flatMap(Training::progress)
                .filter(step -> step.stage().equals("heads"))
                .isPresent();
    }

    private static String name(ConfigurableApplicationContext node) {
        return node.getEnvironment().getRequiredProperty("blastscope.jobs.node");
    }

    public static void main(String[] args) throws Exception {
        ConfigurableApplicationContext node = open("first", Path.of(args[0]), args[1]);
        UUID id = node.getBean(Trainings.class).start(endless(node)).id();
        await().atMost(Duration.ofMinutes(2)).until(() -> learns(node, id));
        System.out.println(AT_WORK + id);
    }
}
