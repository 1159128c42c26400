package dev.blastscope.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.loss.Loss;
import java.util.List;

/**
 * A loss that grows as a block's weights leave where they started: L2-SP, {@code strength / 2 * ||w - w0||^2} more (Li
 * et al. 2018, arXiv 1802.01483).
 */
final class L2SpLoss extends Loss {

    private final Loss loss;
    private final float strength;
    private final List<Anchor> anchors;

    /**
     * @param block initialised with the weights to stay near
     * @param manager owns a copy of them
     */
    L2SpLoss(Loss loss, float strength, Block block, NDManager manager) {
        super("anchored " + loss.getName());
        this.loss = loss;
        this.strength = strength;
        this.anchors = block.getParameters().values().stream()
                .map(parameter -> new Anchor(parameter, copy(parameter, manager)))
                .toList();
    }

    private static NDArray copy(Parameter parameter, NDManager manager) {
        NDArray start = parameter.getArray().duplicate();
        start.attach(manager);
        return start;
    }

    @Override
    public NDArray evaluate(NDList targets, NDList logits) {
        NDArray total = loss.evaluate(targets, logits);
        for (Anchor anchor : anchors) {
            // The block's own manager, which lives longer than a step, would keep what is not closed.
            try (NDArray way = anchor.parameter().getArray().sub(anchor.start());
                    NDArray square = way.square();
                    NDArray sum = square.sum()) {
                total = total.add(sum.mul(strength / 2));
            }
        }
        return total;
    }

    private record Anchor(Parameter parameter, NDArray start) {}
}
