package dev.blastscope.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/**
 * The sum of both heads' weighted cross-entropies; the subtype's is taken over malignant images only.
 *
 * <p>Labels are the rows of {@link WeightedLabels}, (N, 2) and (N, 3); predictions are the logits of both heads in the
 * same order. Each head's loss is {@code -sum(target * log_softmax(logits)) / sum(target)}, PyTorch's weighted mean.
 */
final class MultitaskLoss extends Loss {

    /** Keeps the loss of a head that no image of a batch concerns at 0. */
    private static final float TINY = 1e-12f;

    MultitaskLoss() {
        super("multitask");
    }

    @Override
    public NDArray evaluate(NDList targets, NDList logits) {
        return crossEntropy(targets.get(0), logits.get(0)).add(crossEntropy(targets.get(1), logits.get(1)));
    }

    private static NDArray crossEntropy(NDArray target, NDArray logits) {
        return logits.logSoftmax(-1).mul(target).sum().neg().div(target.sum().add(TINY));
    }
}
