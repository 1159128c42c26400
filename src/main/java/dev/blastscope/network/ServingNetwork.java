package dev.blastscope.network;

import dev.blastscope.image.SmearImage;
import dev.blastscope.prediction.Evidence;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Backbone and both heads in memory, one forward pass, plain Java in and out; safe for use by several threads until it
 * is closed, which frees its native memory.
 */
public interface ServingNetwork extends AutoCloseable {

    /** What the network makes of each image, in the images' order. */
    default List<Output> run(List<SmearImage> images) {
        return run(images, image -> false);
    }

    /**
     * The same pass, with the evidence for the logits of some of the images.
     *
     * @param explained whether an image is one of those
     */
    List<Output> run(List<SmearImage> images, Predicate<SmearImage> explained);

    @Override
    void close();

    /**
     * What the network makes of one image.
     *
     * @param features 2048, pooled, which both heads see
     * @param logits of both heads
     * @param evidence for the logits, if it was asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
    record Output(float[] features, Logits logits, Optional<LogitEvidence> evidence) {}

    /**
     * The evidence for each logit of one image.
     *
     * @param malignancy in the order of {@link dev.blastscope.prediction.Malignancy}
     * @param subtype in the order of {@link dev.blastscope.prediction.Subtype}
     */
    record LogitEvidence(List<Evidence> malignancy, List<Evidence> subtype) {

        /** The evidence for the mean of each logit over several views of one image. */
        public static LogitEvidence mean(List<LogitEvidence> views) {
            return new LogitEvidence(
                    meanOf(views.stream().map(LogitEvidence::malignancy).toList()),
                    meanOf(views.stream().map(LogitEvidence::subtype).toList()));
        }

        /** See {@link Evidence#moved}. */
        public LogitEvidence moved(IntUnaryOperator place) {
            return new LogitEvidence(
                    malignancy.stream().map(logit -> logit.moved(place)).toList(),
                    subtype.stream().map(logit -> logit.moved(place)).toList());
        }

        private static List<Evidence> meanOf(List<List<Evidence>> views) {
            return IntStream.range(0, views.get(0).size())
                    .mapToObj(logit -> Evidence.mean(
                            views.stream().map(view -> view.get(logit)).toList()))
                    .toList();
        }
    }

    /**
     * What the two heads say of one image, before calibration.
     *
     * @param malignancy 2 logits in the order of {@link dev.blastscope.prediction.Malignancy}
     * @param subtype 3 logits in the order of {@link dev.blastscope.prediction.Subtype}
     */
    @SuppressWarnings("ArrayRecordComponent") // a value on its way, never compared
    record Logits(float[] malignancy, float[] subtype) {

        /** The mean of each logit over several views of one image. */
        public static Logits mean(List<Logits> views) {
            return new Logits(
                    meanOf(views.stream().map(Logits::malignancy).toList()),
                    meanOf(views.stream().map(Logits::subtype).toList()));
        }

        private static float[] meanOf(List<float[]> logits) {
            float[] mean = new float[logits.get(0).length];
            for (float[] one : logits) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += one[i] / logits.size();
                }
            }
            return mean;
        }
    }
}
