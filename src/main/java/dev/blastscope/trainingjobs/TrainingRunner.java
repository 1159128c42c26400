package dev.blastscope.trainingjobs;

import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.datasetstore.DatasetRefused;
import dev.blastscope.datasetstore.Datasets;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.safetensors.InvalidWeights;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a training from the queue to its end on this node, or leaves it to another. */
@Component
class TrainingRunner {

    private static final Logger log = LoggerFactory.getLogger(TrainingRunner.class);

    private static final String FETCHING = "fetching the data set";

    /** What may be wrong with an order and not with the program; their messages are for people. */
    private static final List<Class<? extends Exception>> REFUSALS = List.of(
            DatasetRejected.class,
            DatasetRefused.class,
            NoSuchDevice.class,
            InvalidWeights.class,
            DamagedModel.class,
            NoSuchModel.class);

    private final TrainingRecords records;
    private final Datasets datasets;
    private final TrainingWork work;
    private final TrainingMetrics metrics;
    private final JobSettings settings;
    private final String node;

    TrainingRunner(
            TrainingRecords records,
            Datasets datasets,
            TrainingWork work,
            TrainingMetrics metrics,
            JobSettings settings) {
        this.records = records;
        this.datasets = datasets;
        this.work = work;
        this.metrics = metrics;
        this.settings = settings;
        this.node = settings.node() == null ? hostName() : settings.node();
    }

    String node() {
        return node;
    }

    /**
     * Works on a training.
     *
     * @param stopping whether this node is shutting down
     * @return whether the training has ended; else it stays in the queue
     */
    boolean run(UUID id, BooleanSupplier stopping) {
        Optional<Training> found = records.find(id).filter(job -> !job.state().isEnd());
        if (found.isEmpty()) {
            return true;
        }
        Training training = found.get();
        if (training.cancelled()) {
            return end(training, TrainingState.CANCELLED, Trainings.CANCELLED);
        }
        if (training.attempts() >= settings.attempts()) {
            String reason = "It was begun " + training.attempts() + " times, and each time its node died. Look for the"
                    + " reason there, such as too little memory, and start it again.";
            return end(training, TrainingState.INTERRUPTED, reason);
        }
        Optional<Datasets.Fetch> dataset =
                fetch(training.order().dataset(), Optional.of(training.order().datasetDigest()));
        Optional<Datasets.Fetch> original = training.order().original().flatMap(name -> fetch(name, Optional.empty()));
        boolean lacksOriginal = training.order().original().isPresent() && original.isEmpty();
        if (dataset.isEmpty() || lacksOriginal) {
            records.explainWaiting(
                    id,
                    "It waits for a node that holds the data set. Node " + node + " does not: upload it there too.");
            return false;
        }
        Optional<TrainingAttempt> attempt = records.begin(training, node);
        return attempt.isPresent() && run(training, dataset.get(), original, attempt.get(), stopping);
    }

    private boolean run(
            Training training,
            Datasets.Fetch dataset,
            Optional<Datasets.Fetch> original,
            TrainingAttempt attempt,
            BooleanSupplier stopping) {
        log.info(
                "Training {} of data set {} begins",
                training.id(),
                training.order().dataset());
        metrics.begins();
        try (WatchedThread thread = new WatchedThread(attempt, stopping)) {
            Path folder = folder(dataset, thread);
            Optional<Path> originalFolder =
                    original.isPresent() ? Optional.of(folder(original.get(), thread)) : Optional.empty();
            work.run(training, folder, originalFolder, attempt, thread);
            end(attempt, TrainingState.SUCCEEDED, null);
            log.info("Training {} has ended", training.id());
            return true;
        } catch (WatchedThread.Stopped stopped) {
            return stopped(training, attempt, stopped);
        } catch (Exception e) {
            failed(training, attempt, e);
            return true;
        } finally {
            metrics.leaves();
        }
    }

    private boolean stopped(Training training, TrainingAttempt attempt, WatchedThread.Stopped stopped) {
        switch (stopped.why()) {
            case CANCELLED -> end(attempt, TrainingState.CANCELLED, Trainings.CANCELLED);
            case SHUTDOWN -> attempt.handBack("Its node was shut down. It begins again with the features it finds.");
            case TAKEN_OVER -> {}
        }
        log.info("Training {} was stopped: {}", training.id(), stopped.why());
        return stopped.why() == WatchedThread.Why.CANCELLED;
    }

    private void failed(Training training, TrainingAttempt attempt, Exception e) {
        if (REFUSALS.stream().anyMatch(refusal -> refusal.isInstance(e))) {
            log.warn("Training {} failed. {}", training.id(), e.getMessage());
            end(attempt, TrainingState.FAILED, String.valueOf(e.getMessage()));
        } else if (e instanceof UncheckedIOException) {
            log.error("Training {} failed because of the disk", training.id(), e);
            end(
                    attempt,
                    TrainingState.FAILED,
                    "The disk of node " + node + " could not be read or written. Look whether it is full, and start the"
                            + " training again.");
        } else {
            log.error("Training {} failed unexpectedly", training.id(), e);
            end(
                    attempt,
                    TrainingState.FAILED,
                    "Something went wrong inside the program. The log of node " + node + " says what.");
        }
    }

    /** Ends a training that nobody works on; false if another node was faster. */
    private boolean end(Training training, TrainingState end, String reason) {
        boolean ended = records.end(training.id(), training.state(), end, reason);
        if (ended) {
            metrics.ended(end);
        }
        return ended;
    }

    private void end(TrainingAttempt attempt, TrainingState end, @Nullable String reason) {
        attempt.end(end, reason);
        metrics.ended(end);
    }

    /** The way to the data set, if this node has it with this content or can bring it. */
    private Optional<Datasets.Fetch> fetch(String dataset, Optional<String> digest) {
        try {
            boolean same = digest.isEmpty()
                    || digest.get().equals(datasets.report(dataset).digest());
            return same ? Optional.of(datasets.fetch(dataset)) : Optional.empty();
        } catch (DatasetRefused e) {
            return Optional.empty();
        }
    }

    private static Path folder(Datasets.Fetch dataset, WatchedThread thread) throws Exception {
        WatchedProgress progress = thread.progress();
        return thread.compute(() -> dataset.folder((done, total) -> {
            if (done == 0) {
                progress.begin(FETCHING, total);
            } else {
                progress.done(done, "");
            }
        }));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }
}
