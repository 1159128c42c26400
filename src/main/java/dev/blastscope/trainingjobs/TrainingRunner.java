package dev.blastscope.trainingjobs;

import dev.blastscope.datasetstore.DatasetRefused;
import dev.blastscope.datasetstore.Datasets;
import dev.blastscope.refusal.Refusal;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes a training from the queue to its end on this node, or leaves it to another. */
@Component
class TrainingRunner {

    private static final Logger log = LoggerFactory.getLogger(TrainingRunner.class);

    private static final String FETCHING = "fetching the data set";

    private final TrainingRecords records;
    private final Datasets datasets;
    private final TrainingWork work;
    private final TrainingMetrics metrics;
    private final TrainingQueue.Settings settings;
    private final String node;
    private final StageTracker.Speeds speeds = new StageTracker.Speeds();

    TrainingRunner(
            TrainingRecords records,
            Datasets datasets,
            TrainingWork work,
            TrainingMetrics metrics,
            TrainingQueue.Settings settings) {
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
            return end(training, Training.State.CANCELLED, Trainings.CANCELLED);
        }
        if (training.attempts() >= settings.attempts()) {
            String reason = "It was begun " + training.attempts() + " times, and each time its node died. Look for the"
                    + " cause there, such as too little memory, and start the training again.";
            return end(training, Training.State.INTERRUPTED, reason);
        }
        Optional<Datasets.Fetch> dataset =
                fetch(training.order().dataset(), Optional.of(training.order().datasetDigest()));
        Optional<Datasets.Fetch> original = training.order().original().flatMap(name -> fetch(name, Optional.empty()));
        boolean lacksOriginal = training.order().original().isPresent() && original.isEmpty();
        if (dataset.isEmpty() || lacksOriginal) {
            records.explainWaiting(
                    id,
                    "Waiting for a node that has the data set. Node " + node
                            + " does not have it: upload it there too.");
            return false;
        }
        Optional<TrainingRecords.Attempt> attempt = records.begin(training, node);
        return attempt.isPresent() && run(training, dataset.get(), original, attempt.get(), stopping);
    }

    private boolean run(
            Training training,
            Datasets.Fetch dataset,
            Optional<Datasets.Fetch> original,
            TrainingRecords.Attempt attempt,
            BooleanSupplier stopping) {
        log.info(
                "Training {} of data set {} started",
                training.id(),
                training.order().dataset());
        metrics.begins();
        try (WatchedThread thread = new WatchedThread(attempt, new StageTracker(speeds), stopping)) {
            thread.progress().plan(work.stages(training));
            Path folder = folder(dataset, thread);
            Optional<Path> originalFolder =
                    original.isPresent() ? Optional.of(folder(original.get(), thread)) : Optional.empty();
            Optional<String> notActivated = work.run(training, folder, originalFolder, attempt, thread);
            end(attempt, Training.State.SUCCEEDED, notActivated);
            log.info("Training {} succeeded", training.id());
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

    private boolean stopped(Training training, TrainingRecords.Attempt attempt, WatchedThread.Stopped stopped) {
        switch (stopped.why()) {
            case CANCELLED -> end(attempt, Training.State.CANCELLED, Optional.of(Trainings.CANCELLED));
            case SHUTDOWN ->
                attempt.handBack("Its node was shut down. The training starts again with the cached features.");
            case TAKEN_OVER -> {}
        }
        log.info("Training {} was stopped: {}", training.id(), stopped.why());
        return stopped.why() == WatchedThread.Why.CANCELLED;
    }

    private void failed(Training training, TrainingRecords.Attempt attempt, Exception e) {
        String reason;
        if (e instanceof Refusal) {
            log.warn("Training {} failed. {}", training.id(), e.getMessage());
            reason = String.valueOf(e.getMessage());
        } else if (e instanceof UncheckedIOException) {
            log.error("Training {} failed because the disk could not be read or written", training.id(), e);
            reason = "The disk of node " + node + " could not be read or written. Check whether it is full, and start"
                    + " the training again.";
        } else {
            log.error("Training {} failed unexpectedly", training.id(), e);
            reason = "Internal error. The log of node " + node + " has the details.";
        }
        end(attempt, Training.State.FAILED, Optional.of(reason));
    }

    /** Ends a training that nobody works on; false if another node was faster. */
    private boolean end(Training training, Training.State end, String reason) {
        boolean ended = records.end(training.id(), training.state(), end, reason);
        if (ended) {
            metrics.ended(end);
        }
        return ended;
    }

    private void end(TrainingRecords.Attempt attempt, Training.State end, Optional<String> reason) {
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
        StageTracker progress = thread.progress();
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
