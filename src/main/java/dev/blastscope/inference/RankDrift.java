package dev.blastscope.inference;

import dev.blastscope.audit.Actor;
import dev.blastscope.inference.RankWindows.Measure;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.review.TrackRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Where recent images lie among those that the active model learned from: the mean rank, from 0 to 1, of the last
 * {@value RankWindows#WINDOW} images by how unfamiliar, sharp, bright and stained they are. It is about 0.5 for images
 * of the same kind, and 1 where each is beyond all of the training.
 *
 * <p>It moves within a window when the stain or the camera changes, but also with the images of a single slide, which
 * resemble each other. It is NaN while the model has answered fewer images, or does not know its training. Where the
 * settings ask for it, each client has a window of its own besides, as one laboratory's change of stain drowns among
 * the images of others. Each replica has its own windows, which keep nothing of an image but its ranks. Safe for use by
 * any number of threads.
 */
@Component
final class RankDrift implements DriftWatch {

    /** Clients that have series; the one that was silent longest goes, so that keys do not add up to ever more. */
    static final int MOST_CLIENTS = 20;

    private static final String OF_CLIENTS = "blastscope.drift.client.rank";
    private static final String CLIENT = "client";

    private final MeterRegistry registry;
    private final Actor actor;
    private final boolean perClient;
    private final Map<String, RankWindows> clients = new LinkedHashMap<>(MOST_CLIENTS, 0.75f, true);
    private List<Row> training = List.of();
    private RankWindows all = new RankWindows(training);
    private String digest = "";

    RankDrift(DriftSettings settings, Actor actor, MeterRegistry registry) {
        this.perClient = settings.perClient();
        this.actor = actor;
        this.registry = registry;
        for (Measure measure : Measure.values()) {
            Gauge.builder("blastscope.drift.rank", this, drift -> drift.mean(measure))
                    .description("Mean rank of the last " + RankWindows.WINDOW
                            + " images among the training images, by measure; 0.5 for images of the same kind")
                    .tag("measure", label(measure))
                    .register(registry);
        }
    }

    @Override
    public void watch(ServingModel model) {
        watch(model.digest(), model.trackRecord());
    }

    /** Starts again for another model. */
    synchronized void watch(String model, TrackRecord trackRecord) {
        digest = model;
        training = trackRecord.answers();
        all = new RankWindows(training);
        clients.keySet().forEach(this::removeSeries);
        clients.clear();
    }

    @Override
    public synchronized void predicted(List<ImagePrediction> predictions) {
        for (ImagePrediction prediction : predictions) {
            // It may be of the model that was just replaced.
            if (prediction.model().digest().equals(digest)) {
                all.add(prediction);
                if (perClient) {
                    windows(actor.name()).add(prediction);
                }
            }
        }
    }

    private RankWindows windows(String client) {
        RankWindows known = clients.get(client);
        if (known != null) {
            return known;
        }
        if (clients.size() == MOST_CLIENTS) {
            String silent = clients.keySet().iterator().next();
            clients.remove(silent);
            removeSeries(silent);
        }
        RankWindows windows = new RankWindows(training);
        clients.put(client, windows);
        for (Measure measure : Measure.values()) {
            Gauge.builder(OF_CLIENTS, () -> mean(windows, measure))
                    .description("As blastscope_drift_rank, of the images of one client")
                    .tag("measure", label(measure))
                    .tag(CLIENT, client)
                    .register(registry);
        }
        return windows;
    }

    private void removeSeries(String client) {
        Search.in(registry).name(OF_CLIENTS).tag(CLIENT, client).meters().forEach(registry::remove);
    }

    private synchronized double mean(Measure measure) {
        return all.mean(measure);
    }

    private synchronized double mean(RankWindows windows, Measure measure) {
        return windows.mean(measure);
    }

    private static String label(Measure measure) {
        return measure.name().toLowerCase(Locale.ROOT);
    }
}
