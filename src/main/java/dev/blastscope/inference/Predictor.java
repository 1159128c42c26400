package dev.blastscope.inference;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.blastscope.batching.Batcher;
import dev.blastscope.batching.DeadlineExceeded;
import dev.blastscope.batching.QueueFull;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.SmearImage;
import dev.blastscope.inference.ServingModel.Explained;
import dev.blastscope.inference.ServingModel.Scored;
import dev.blastscope.refusal.Refusal;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Uploads in, predictions out: the whole way of the data, from the first byte to the result.
 *
 * <p>Safe for use by any number of threads. As many images are decoded at once as there are CPUs, over all clients, so
 * that the memory of decoded images is bounded.
 */
@Component
public final class Predictor implements DisposableBean {

    private final ActiveModel model;
    private final ImageLimits limits;
    private final ImageDecoder decoder;
    private final PredictionMetrics metrics;
    private final PredictionSpans spans;
    private final List<Listener> listeners;
    private final List<UploadListener> uploadListeners;
    private final Semaphore decoding = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Batcher<Item, Passed> batcher;

    Predictor(
            ActiveModel model,
            InferenceSettings settings,
            PredictionMetrics metrics,
            PredictionSpans spans,
            List<Listener> listeners,
            List<UploadListener> uploadListeners) {
        this.model = model;
        this.metrics = metrics;
        this.spans = spans;
        this.listeners = listeners;
        this.uploadListeners = uploadListeners;
        this.limits = settings.image().limits();
        this.decoder = new ImageDecoder(limits);
        this.batcher = new Batcher<>("forward", settings.batching().limits(), this::forward, metrics);
        metrics.watch(batcher);
    }

    /** Is called on the thread of the request, before the answer is sent; what it throws is answered instead. */
    public interface Listener {

        /** Takes the predictions of one request, or of some images of a case. */
        void predicted(List<ImagePrediction> predictions);

        /** Takes the prediction of a case, whose images it took before. */
        default void predicted(CasePrediction prediction) {}
    }

    /** Is called on the thread of the request, once the prediction was reported to the listeners. */
    public interface UploadListener {

        /** Takes the file that a prediction was made from. */
        void predicted(ImagePrediction prediction, byte[] upload);
    }

    /** The result for one image of a batch. */
    public sealed interface Result {

        /** There is a prediction. */
        record Predicted(ImagePrediction prediction) implements Result {}

        /** This image was refused; the others of the batch are not affected. */
        record Refused(Refusal refusal) implements Result {}
    }

    /** An upload once it is decoded. */
    private sealed interface Decoded {

        /** An image that waits for its forward pass. */
        record Image(SmearImage image) implements Decoded {}

        /** An upload that could not be decoded, or not in time. */
        record Refused(Refusal refusal) implements Decoded {}
    }

    /** What waits for a forward pass: an image, and whether its prediction is to be explained. */
    private record Item(SmearImage image, boolean explained) {}

    /** What a forward pass made of an image, and when it began and ended by {@link System#nanoTime}. */
    private record Passed(SmearImage image, Scored scored, ModelIdentity model, int views, long start, long end) {

        /** The rest of the work, on whichever thread waits for it: a pass is for all. */
        ImagePrediction prediction() {
            Explained explained = scored.predict();
            return new ImagePrediction(
                    UuidCreator.getTimeOrderedEpoch().toString(),
                    explained.reviewed(),
                    image,
                    model,
                    views,
                    explained.explanation());
        }
    }

    /**
     * Refuses an upload that would be refused whatever is in it, so that it need not be read.
     *
     * @throws ModelNotReady if no model is loaded
     * @throws QueueFull if the queue has no room for one more image
     */
    public void requireRoom() throws ModelNotReady, QueueFull {
        try {
            requireModel();
            batcher.requireRoom(1);
        } catch (ModelNotReady | QueueFull refusal) {
            metrics.refused(refusal, 1);
            throw refusal;
        }
    }

    /**
     * Refuses an upload by its announced length, so that it need not be read.
     *
     * @throws ImageRejected if it is empty or too long
     */
    public void announce(long bytes) throws ImageRejected {
        try {
            limits.checkBytes(bytes);
        } catch (ImageRejected refusal) {
            metrics.refused(refusal, 1);
            throw refusal;
        }
    }

    /**
     * Predicts one image.
     *
     * @param upload the bytes of an image file
     * @throws ImageRejected if the upload is not an image that can be used
     * @throws ModelNotReady if no model is loaded
     * @throws QueueFull if too many images are waiting
     * @throws DeadlineExceeded if the client's deadline passed first
     * @throws Client.Disconnected if the client disconnected first
     * @throws InterruptedException if the calling thread was interrupted
     */
    public ImagePrediction predict(byte[] upload, Client client)
            throws ImageRejected, ModelNotReady, QueueFull, DeadlineExceeded, Client.Disconnected,
                    InterruptedException {
        return predict(upload, false, new PendingPrediction(client));
    }

    /** As {@link #predict(byte[], Client)}, with an explanation that the same forward pass gives. */
    public ImagePrediction explain(byte[] upload, Client client)
            throws ImageRejected, ModelNotReady, QueueFull, DeadlineExceeded, Client.Disconnected,
                    InterruptedException {
        return predict(upload, true, new PendingPrediction(client));
    }

    /**
     * As {@link #explain(byte[], Client)}, and draws the explanation. The upload is decoded a second time for that, as
     * pictures of its size must not wait in the queue; and drawn while it counts as an image that is decoded.
     *
     * @param longestSide of the picture in pixels; a larger upload is shrunk to it
     * @param drawing is given the upload as a picture of its own
     */
    public <R> R explain(
            byte[] upload, Client client, int longestSide, BiFunction<ImagePrediction, BufferedImage, R> drawing)
            throws ImageRejected, ModelNotReady, QueueFull, DeadlineExceeded, Client.Disconnected,
                    InterruptedException {
        PendingPrediction pending = new PendingPrediction(client);
        ImagePrediction prediction = predict(upload, true, pending);
        try {
            awaitDecoding(pending);
        } catch (DeadlineExceeded refusal) {
            metrics.refused(refusal, 1);
            throw refusal;
        }
        long start = System.nanoTime();
        try {
            return drawing.apply(prediction, decoder.picture(upload, longestSide));
        } finally {
            decoding.release();
            spans.add("draw", start, System.nanoTime());
        }
    }

    private ImagePrediction predict(byte[] upload, boolean explained, PendingPrediction pending)
            throws ImageRejected, ModelNotReady, QueueFull, DeadlineExceeded, Client.Disconnected,
                    InterruptedException {
        try {
            requireModel();
            Future<Passed> pass;
            long queued;
            try (Batcher<Item, Passed>.Places place = batcher.reserve(1)) {
                Item item = new Item(decode(upload, pending), explained);
                queued = System.nanoTime();
                pass = place.submit(List.of(item), pending.left()).get(0);
            }
            ImagePrediction prediction = await(pass, queued, pending);
            report(List.of(prediction));
            handOn(prediction, upload);
            return prediction;
        } catch (ImageRejected | ModelNotReady | QueueFull | DeadlineExceeded | Client.Disconnected refusal) {
            metrics.refused(refusal, 1);
            throw refusal;
        }
    }

    /**
     * Predicts several images; one that cannot be used does not affect the others.
     *
     * @param uploads the bytes of an image file each
     * @param client its deadline is for all of them
     * @return a result for each, in order
     * @throws ModelNotReady if no model is loaded
     * @throws QueueFull if the queue has no room for all of them
     * @throws Client.Disconnected if the client disconnected first
     * @throws InterruptedException if the calling thread was interrupted
     */
    public List<Result> predict(List<byte[]> uploads, Client client)
            throws ModelNotReady, QueueFull, Client.Disconnected, InterruptedException {
        try {
            return predict(uploads, new PendingPrediction(client));
        } catch (ModelNotReady | QueueFull | Client.Disconnected refusal) {
            metrics.refused(refusal, uploads.size());
            throw refusal;
        }
    }

    /**
     * As {@link #predict(List, Client)}, but some images at a time. Once the first have found room, the others wait for
     * it.
     *
     * @param atOnce how many images enter the queue together
     * @throws DeadlineExceeded if the deadline passed before all were predicted
     */
    List<Result> predictInTurn(List<byte[]> uploads, int atOnce, Client client)
            throws ModelNotReady, QueueFull, DeadlineExceeded, Client.Disconnected, InterruptedException {
        PendingPrediction pending = new PendingPrediction(client);
        List<Result> results = new ArrayList<>(uploads.size());
        try {
            while (results.size() < uploads.size()) {
                int end = Math.min(uploads.size(), results.size() + atOnce);
                try {
                    results.addAll(predict(uploads.subList(results.size(), end), pending));
                } catch (QueueFull full) {
                    if (results.isEmpty()) {
                        throw full;
                    }
                    pending.pause();
                }
                pending.requireWaitingClient();
            }
            return results;
        } catch (ModelNotReady | QueueFull | DeadlineExceeded | Client.Disconnected refusal) {
            metrics.refused(refusal, uploads.size() - results.size());
            throw refusal;
        }
    }

    private List<Result> predict(List<byte[]> uploads, PendingPrediction pending)
            throws ModelNotReady, QueueFull, Client.Disconnected, InterruptedException {
        List<Future<Passed>> passes = new ArrayList<>();
        try {
            requireModel();
            List<Decoded> decoded = new ArrayList<>(uploads.size());
            long queued;
            try (Batcher<Item, Passed>.Places places = batcher.reserve(uploads.size())) {
                for (byte[] upload : uploads) {
                    decoded.add(decodedOrRefused(upload, pending));
                }
                queued = System.nanoTime();
                passes.addAll(places.submit(items(decoded), pending.left()));
            }
            List<Result> results = new ArrayList<>(uploads.size());
            Iterator<Future<Passed>> next = passes.iterator();
            for (Decoded upload : decoded) {
                results.add(
                        upload instanceof Decoded.Refused refused
                                ? refused(refused.refusal())
                                : result(next.next(), queued, pending));
            }
            report(predictions(results));
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof Result.Predicted predicted) {
                    handOn(predicted.prediction(), uploads.get(i));
                }
            }
            return results;
        } finally {
            passes.forEach(pass -> pass.cancel(false));
        }
    }

    /** How many images wait for a forward pass. */
    public int waiting() {
        return batcher.waiting();
    }

    @Override
    public void destroy() {
        batcher.close();
    }

    private void requireModel() throws ModelNotReady {
        model.current();
    }

    private Decoded decodedOrRefused(byte[] upload, PendingPrediction pending) throws InterruptedException {
        try {
            return new Decoded.Image(decode(upload, pending));
        } catch (ImageRejected | DeadlineExceeded refusal) {
            return new Decoded.Refused(refusal);
        }
    }

    private SmearImage decode(byte[] upload, PendingPrediction pending)
            throws ImageRejected, DeadlineExceeded, InterruptedException {
        awaitDecoding(pending);
        long start = System.nanoTime();
        try {
            SmearImage image = decoder.decode(upload);
            // Here, where others wait for nothing: the review would measure it otherwise.
            image.quality();
            return image;
        } finally {
            decoding.release();
            long end = System.nanoTime();
            metrics.decoded(Duration.ofNanos(end - start));
            spans.add("decode", start, end);
        }
    }

    private void awaitDecoding(PendingPrediction pending) throws DeadlineExceeded, InterruptedException {
        if (!decoding.tryAcquire(pending.left().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new DeadlineExceeded();
        }
    }

    private static List<Item> items(List<Decoded> decoded) {
        return decoded.stream()
                .flatMap(upload -> upload instanceof Decoded.Image usable
                        ? Stream.of(new Item(usable.image(), false))
                        : Stream.empty())
                .toList();
    }

    /** Those of the images that were not refused, in order. */
    static List<ImagePrediction> predictions(List<Result> results) {
        return results.stream()
                .flatMap(result -> result instanceof Result.Predicted predicted
                        ? Stream.of(predicted.prediction())
                        : Stream.empty())
                .toList();
    }

    private Result result(Future<Passed> pass, long queued, PendingPrediction pending)
            throws Client.Disconnected, InterruptedException {
        try {
            return new Result.Predicted(await(pass, queued, pending));
        } catch (DeadlineExceeded | QueueFull refusal) {
            return refused(refusal);
        }
    }

    private Result refused(Refusal refusal) {
        metrics.refused(refusal, 1);
        return new Result.Refused(refusal);
    }

    private void report(List<ImagePrediction> predictions) {
        if (!predictions.isEmpty()) {
            long start = System.nanoTime();
            listeners.forEach(listener -> listener.predicted(predictions));
            spans.add("record", start, System.nanoTime());
        }
    }

    private void handOn(ImagePrediction prediction, byte[] upload) {
        uploadListeners.forEach(listener -> listener.predicted(prediction, upload));
    }

    private ImagePrediction await(Future<Passed> pass, long queued, PendingPrediction pending)
            throws DeadlineExceeded, QueueFull, Client.Disconnected, InterruptedException {
        Passed passed = pending.result(pass);
        ImagePrediction prediction = passed.prediction();
        metrics.answered(prediction.reviewed(), prediction.model().version(), pending.elapsed());
        spans.add("wait", queued, passed.start);
        spans.add("forward", passed.start, passed.end);
        return prediction;
    }

    private List<Passed> forward(List<Item> items) {
        try {
            return model.use(serving -> forward(serving, items));
        } catch (ModelNotReady e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Passed> forward(ServingModel serving, List<Item> items) {
        long start = System.nanoTime();
        List<SmearImage> images = items.stream().map(Item::image).toList();
        List<Scored> scored =
                serving.score(images, image -> items.stream().anyMatch(item -> item.image == image && item.explained));
        long end = System.nanoTime();
        return IntStream.range(0, images.size())
                .mapToObj(
                        i -> new Passed(images.get(i), scored.get(i), serving.identity(), serving.views(), start, end))
                .toList();
    }
}
