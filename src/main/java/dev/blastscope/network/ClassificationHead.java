package dev.blastscope.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * One head, (N, 2048) features to (N, classes) logits: {@code Linear(2048, 256) -> ReLU -> Dropout(0.5) -> Linear(256,
 * classes)}.
 *
 * <p>The linear layers are named 0 and 3, as in a PyTorch {@code Sequential} of these four.
 */
final class ClassificationHead extends AbstractBlock {

    static final int HIDDEN = 256;

    private static final float DROPOUT = 0.5f;

    private final Block hidden =
            addChildBlock("0", Linear.builder().setUnits(HIDDEN).build());
    private final Block dropout = Dropout.builder().optRate(DROPOUT).build();
    private final Block output;

    ClassificationHead(int classes) {
        output = addChildBlock("3", Linear.builder().setUnits(classes).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        Pass pass = new Pass(store, training);
        NDArray h = pass.relu(pass.keep(hidden, inputs.singletonOrThrow())); // (N, 256)
        if (training) {
            h = pass.then(dropout, h);
        }
        return new NDList(pass.then(output, h)); // (N, classes)
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        hidden.initialize(manager, type, inputs);
        output.initialize(manager, type, hidden.getOutputShapes(inputs));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return output.getOutputShapes(hidden.getOutputShapes(inputs));
    }
}
