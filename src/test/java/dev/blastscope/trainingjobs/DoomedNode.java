package dev.blastscope.trainingjobs;

import static org.awaitility.Awaitility.await;

import dev.blastscope.Blastscope;
import dev.blastscope.Jvm;
import dev.blastscope.datasetstore.DatasetName;
import dev.blastscope.datasetstore.DatasetStore;
import dev.blastscope.datasetstore.Zip;
import dev.blastscope.network.Freeze;
import dev.blastscope.training.TrainingSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A service that trains a model and lets it answer, and dies at one of the steps. */
final class DoomedNode {

    private DoomedNode() {}

    /** Runs it in another JVM until it dies. */
    static void run(Path home, String database, String sql, boolean committed) throws IOException {
        int status = Jvm.running(DoomedNode.class, home, database, sql, committed)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
        if (status != FatalStatement.STATUS) {
            throw new IOException("It did not die at: " + sql);
        }
    }

    public static void main(String[] args) throws Exception {
        FatalStatement fate = new FatalStatement(args[2], Boolean.parseBoolean(args[3]));
        try (ConfigurableApplicationContext node = open(Path.of(args[0]), args[1], fate)) {
            Trainings trainings = node.getBean(Trainings.class);
            if (trainings.count() == 0) {
                trainings.start(order(node, 7));
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> ended(node));
        }
    }

    /** A node that any candidate satisfies. */
    static ConfigurableApplicationContext open(Path home, String database, BeanPostProcessor... fates) {
        return new SpringApplicationBuilder(Blastscope.class)
                .initializers(context -> Stream.of(fates).forEach(fate -> ((GenericApplicationContext) context)
                        .getBeanFactory()
                        .addBeanPostProcessor(fate)))
                .run(
                        "--server.port=0",
                        "--blastscope.home=" + home,
                        "--blastscope.precision=fp32",
                        "--blastscope.promotion.images-per-class=1",
                        "--blastscope.promotion.sensitivity-floor=0",
                        "--blastscope.promotion.margin=1",
                        "--blastscope.promotion.calibration-margin=1",
                        "--blastscope.jobs.attempts=100",
                        "--blastscope.jobs.poll=100ms",
                        "--blastscope.jobs.heartbeat=500ms",
                        database.isEmpty() ? "--debug=false" : "--spring.datasource.url=" + database);
    }

    static boolean ended(ConfigurableApplicationContext node) {
        return node.getBean(Trainings.class).page(0, 1).stream()
                .anyMatch(training -> training.state().isEnd());
    }

    static Training.Order order(ConfigurableApplicationContext node, long seed) throws Exception {
        byte[] zip = Zip.ofSmears("", 6).toBytes();
        String digest = node.getBean(DatasetStore.class)
                .put(new DatasetName("drawings"), zip.length, new ByteArrayInputStream(zip))
                .report()
                .digest();
        return new Training.Order(
                Training.Mode.TRAINING,
                "drawings",
                digest,
                Optional.empty(),
                new TrainingSettings(
                        seed,
                        Freeze.BACKBONE,
                        2,
                        2,
                        256,
                        1e-3f,
                        new TrainingSettings.FineTuning(1, 1, 4, 1e-4f),
                        3,
                        new TrainingSettings.OperatingPoint(0.995, 0.95),
                        new TrainingSettings.Views(0, 0.5f)),
                0,
                true);
    }
}
