package dev.blastscope.inference;

import dev.blastscope.batching.Batcher;
import dev.blastscope.batching.DeadlineExceeded;
import dev.blastscope.batching.QueueFull;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.SmearImage;
import dev.blastscope.prediction.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Uploads in, predictions out: the way of the data from the first byte to the diagnosis.
 *
 * <p>Safe for use by any number of threads. As many images are decoded at once as there are CPUs, over all callers, so that
 * the memory of decoded images is bounded.
 */
@Component
public final class Predictor implements DisposableBean {

    private final ActiveModel model;
    private final ImageLimits limits;
    private final ImageDecoder decoder;
    private final PredictionMetrics metrics;
    private final PredictionSpans spans;
    private final List<PredictionListener> listeners;
    private final Semaphore decoding = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Batcher<SmearImage, Passed> batcher;

    Predictor(
            ActiveModel model,
            InferenceSettings settings,
            PredictionMetrics metrics,
            PredictionSpans spans,
            List<PredictionListener> listeners) {
        this.model = model;
        this.metrics = metrics;
        this.spans = spans;
        this.listeners = listeners;
        this.limits = settings.image().limits();
        this.decoder = new ImageDecoder(limits);
        this.batcher = new Batcher<>("forward", settings.batching().limits(), this::forward, metrics);
        metrics.watch(batcher);
    }

    /**
     * Refuses an upload that would be refused whatever is in it, so that it need not be read.
     *
     * @throws ModelNotReady if no model is loaded
     * @throws QueueFull if not even one more image may wait
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
     * Diagnoses one image.
     *
     * @param upload the bytes of an image file
     * @throws ImageRejected if the upload is no image that can be used
     * @throws ModelNotReady if no model is loaded
     * @throws QueueFull if too many images are waiting
     * @throws DeadlineExceeded if the caller's patience ended first
     * @throws ClientDisconnected if the caller left first
     * @throws InterruptedException if the caller was interrupted
     */
    public ImagePrediction diagnose(byte[] upload, Client caller)
            throws ImageRejected, ModelNotReady, QueueFull, DeadlineExceeded, ClientDisconnected, InterruptedException {
        PendingPrediction waiting = new PendingPrediction(caller);
        try {
            requireModel();
            batcher.requireRoom(1);
            SmearImage image = decode(upload, waiting);
            long queued = System.nanoTime();
            ImagePrediction prediction =
                    await(batcher.submit(List.of(image), waiting.left()).get(0), queued, waiting);
            report(List.of(prediction));
            return prediction;
        } catch (ImageRejected | ModelNotReady | QueueFull | DeadlineExceeded | ClientDisconnected refusal) {
            metrics.refused(refusal, 1);
            throw refusal;
        }
    }

    /**
     * Diagnoses several images; one that cannot be used does not keep the others from being answered.
     *
     * @param uploads the bytes of an image file each
     * @param caller waits for all of them
     * @return an answer for each, in order
     * @throws ModelNotReady if no model is loaded
     * @throws QueueFull if the queue has no room for all of them
     * @throws ClientDisconnected if the caller left first
     * @throws InterruptedException if the caller was interrupted
     */
    public List<Answer> diagnose(List<byte[]> uploads, Client caller)
            throws ModelNotReady, QueueFull, ClientDisconnected, InterruptedException {
        PendingPrediction waiting = new PendingPrediction(caller);
        List<Future<Passed>> pending = new ArrayList<>();
        try {
            requireModel();
            batcher.requireRoom(uploads.size());
            List<Object> decoded = new ArrayList<>(uploads.size());
            for (byte[] upload : uploads) {
                decoded.add(decodedOrRefusal(upload, waiting));
            }
            List<SmearImage> images = decoded.stream()
                    .filter(SmearImage.class::isInstance)
                    .map(SmearImage.class::cast)
                    .toList();
            long queued = System.nanoTime();
            pending.addAll(batcher.submit(images, waiting.left()));
            List<Answer> answers = new ArrayList<>(uploads.size());
            Iterator<Future<Passed>> next = pending.iterator();
            for (Object outcome : decoded) {
                answers.add(
                        outcome instanceof Exception refusal ? refused(refusal) : answer(next.next(), queued, waiting));
            }
            report(answers.stream()
                    .filter(Answer.Diagnosed.class::isInstance)
                    .map(answer -> ((Answer.Diagnosed) answer).prediction())
                    .toList());
            return answers;
        } catch (ModelNotReady | QueueFull | ClientDisconnected refusal) {
            metrics.refused(refusal, uploads.size());
            throw refusal;
        } finally {
            pending.forEach(result -> result.cancel(false));
        }
    }

    @Override
    public void destroy() {
        batcher.close();
    }

    private void requireModel() throws ModelNotReady {
        model.current();
    }

    private Object decodedOrRefusal(byte[] upload, PendingPrediction waiting) throws InterruptedException {
        try {
            return decode(upload, waiting);
        } catch (ImageRejected | DeadlineExceeded refusal) {
            return refusal;
        }
    }

    private SmearImage decode(byte[] upload, PendingPrediction waiting)
            throws ImageRejected, DeadlineExceeded, InterruptedException {
        if (!decoding.tryAcquire(waiting.left().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new DeadlineExceeded();
        }
        long start = System.nanoTime();
        try {
            return decoder.decode(upload);
        } finally {
            decoding.release();
            long end = System.nanoTime();
            metrics.decoded(Duration.ofNanos(end - start));
            spans.add("decode", start, end);
        }
    }

    private Answer answer(Future<Passed> pending, long queued, PendingPrediction waiting)
            throws ClientDisconnected, InterruptedException {
        try {
            return new Answer.Diagnosed(await(pending, queued, waiting));
        } catch (DeadlineExceeded refusal) {
            return refused(refusal);
        }
    }

    private void report(List<ImagePrediction> predictions) {
        if (!predictions.isEmpty()) {
            long start = System.nanoTime();
            listeners.forEach(listener -> listener.answered(predictions));
            spans.add("record", start, System.nanoTime());
        }
    }

    private Answer refused(Exception refusal) {
        metrics.refused(refusal, 1);
        return new Answer.Refused(refusal);
    }

    private ImagePrediction await(Future<Passed> pending, long queued, PendingPrediction waiting)
            throws DeadlineExceeded, ClientDisconnected, InterruptedException {
        Passed passed = waiting.result(pending);
        metrics.answered(passed.prediction.diagnosis().outcome(), passed.prediction.modelVersion(), waiting.elapsed());
        spans.add("wait", queued, passed.start);
        spans.add("forward", passed.start, passed.end);
        return passed.prediction;
    }

    private List<Passed> forward(List<SmearImage> images) {
        long start = System.nanoTime();
        try {
            List<ImagePrediction> predictions = model.use(serving -> predictions(serving, images));
            long end = System.nanoTime();
            return predictions.stream()
                    .map(prediction -> new Passed(prediction, start, end))
                    .toList();
        } catch (ModelNotReady e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ImagePrediction> predictions(ServingModel serving, List<SmearImage> images) {
        List<Prediction> diagnoses = serving.diagnose(images);
        List<ImagePrediction> predictions = new ArrayList<>(images.size());
        for (int i = 0; i < images.size(); i++) {
            predictions.add(new ImagePrediction(diagnoses.get(i), images.get(i), serving.version(), serving.digest()));
        }
        return predictions;
    }

    /** A prediction, and when its forward pass began and ended by {@link System#nanoTime}. */
    private record Passed(ImagePrediction prediction, long start, long end) {}
}
