package dev.blastscope.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Subtype;
import org.jspecify.annotations.Nullable;

/** The malignancy head and the subtype head side by side: (N, 2048) features to logits (N, 2) and (N, 3). */
public final class MultitaskHeads extends AbstractBlock {

    private final Block malignancy = addChildBlock("malignancy", new ClassificationHead(Malignancy.values().length));
    private final Block subtype = addChildBlock("subtype", new ClassificationHead(Subtype.values().length));

    /** Heads to be initialised at random. */
    public MultitaskHeads() {}

    /** Heads with these weights, copied to the manager's device. */
    public MultitaskHeads(NDManager manager, HeadWeights weights) {
        ParameterNames.load(manager, this, weights.tensors());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        Pass pass = new Pass(store, training);
        NDArray features = inputs.singletonOrThrow();
        return new NDList(pass.keep(malignancy, features), pass.keep(subtype, features));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        malignancy.initialize(manager, type, inputs);
        subtype.initialize(manager, type, inputs);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {malignancy.getOutputShapes(inputs)[0], subtype.getOutputShapes(inputs)[0]};
    }
}
