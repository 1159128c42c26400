package dev.blastscope.inference;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.blastscope.batching.DeadlineExceeded;
import dev.blastscope.batching.QueueFull;
import dev.blastscope.inference.CasePrediction.Field;
import dev.blastscope.inference.Predictor.Result;
import dev.blastscope.review.CaseReview;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.stereotype.Component;

/**
 * Predicts a case from several fields of one slide.
 *
 * <p>Its images enter the queue a batch at a time, so that a case with many fields does not keep other clients out.
 * Each is recorded like any other prediction, then the case. Safe for use by any number of threads.
 */
@Component
public final class CasePredictor {

    private final Predictor predictor;
    private final ActiveModel model;
    private final PredictionMetrics metrics;
    private final List<Predictor.Listener> listeners;
    private final int atOnce;

    CasePredictor(
            Predictor predictor,
            ActiveModel model,
            InferenceSettings settings,
            PredictionMetrics metrics,
            List<Predictor.Listener> listeners) {
        this.predictor = predictor;
        this.model = model;
        this.metrics = metrics;
        this.listeners = listeners;
        InferenceSettings.Batching batching = settings.batching();
        this.atOnce = Math.min(batching.batch(), batching.queue());
    }

    /**
     * Predicts a case.
     *
     * @param uploads the bytes of an image file each
     * @param client its deadline is for all of them
     * @throws ModelNotReady if no model is loaded
     * @throws ModelChanged if another model became active meanwhile
     * @throws QueueFull if the queue has no room for the first fields; the others wait for room
     * @throws DeadlineExceeded if the deadline passed first
     * @throws Client.Disconnected if the client disconnected first
     * @throws InterruptedException if the calling thread was interrupted
     */
    public CasePrediction predict(List<byte[]> uploads, Client client)
            throws ModelNotReady, ModelChanged, QueueFull, DeadlineExceeded, Client.Disconnected, InterruptedException {
        List<Integer> originals = originals(uploads);
        List<byte[]> distinct = IntStream.range(0, uploads.size())
                .filter(place -> originals.get(place) == place)
                .mapToObj(uploads::get)
                .toList();
        List<Result> results = predictor.predictInTurn(distinct, atOnce, client);
        Optional<CasePrediction> decided = model.use(serving -> decide(serving, originals, results));
        if (decided.isEmpty()) {
            ModelChanged refusal = new ModelChanged();
            metrics.refused(refusal, uploads.size());
            throw refusal;
        }
        CasePrediction prediction = decided.get();
        listeners.forEach(listener -> listener.predicted(prediction));
        metrics.answered(prediction.review());
        return prediction;
    }

    /** For each file, the place of the first that is equal to it: its own, unless it is a duplicate. */
    private static List<Integer> originals(List<byte[]> uploads) {
        Map<String, Integer> first = new HashMap<>();
        List<Integer> originals = new ArrayList<>(uploads.size());
        for (byte[] upload : uploads) {
            int place = originals.size();
            Integer earlier = first.putIfAbsent(DigestUtils.sha256Hex(upload), place);
            originals.add(earlier == null ? place : earlier);
        }
        return originals;
    }

    /** Empty if a field was predicted by another model. */
    private static Optional<CasePrediction> decide(
            ServingModel serving, List<Integer> originals, List<Result> results) {
        List<ImagePrediction> predictions = Predictor.predictions(results);
        if (!predictions.stream().allMatch(prediction -> prediction.model().equals(serving.identity()))) {
            return Optional.empty();
        }
        CaseReview review = serving.reviewCase(
                predictions.stream().map(ImagePrediction::reviewed).toList(), results.size() - predictions.size());
        Iterator<Result> result = results.iterator();
        Iterator<OptionalDouble> contribution = review.contributions().iterator();
        List<Field> fields = new ArrayList<>(originals.size());
        for (int original : originals) {
            fields.add(original < fields.size() ? new Field.Duplicate(original) : field(result.next(), contribution));
        }
        return Optional.of(
                new CasePrediction(UuidCreator.getTimeOrderedEpoch().toString(), review, fields, serving.identity()));
    }

    private static Field field(Result result, Iterator<OptionalDouble> contributions) {
        if (result instanceof Result.Refused refused) {
            return new Field.Refused(refused.refusal());
        }
        ImagePrediction prediction = ((Result.Predicted) result).prediction();
        OptionalDouble contribution = contributions.next();
        return contribution.isPresent()
                ? new Field.Used(prediction, contribution.getAsDouble())
                : new Field.LeftOut(prediction);
    }
}
