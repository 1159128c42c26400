package dev.blastscope.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * The whole network, to be trained: (N, 3, 224, 224) normalised images to malignancy logits (N, 2) and subtype logits
 * (N, 3) in one forward pass.
 *
 * <p>The frozen part of the backbone runs as in serving, whatever {@code training} says. For serving itself see
 * {@link FoldedNetwork}.
 */
public final class MultitaskNetwork extends AbstractBlock {

    private final ResNet50 backbone;
    private final MultitaskHeads heads;
    private final Freeze freeze;

    /** A network with these weights, copied to the manager's device. */
    public MultitaskNetwork(
            NDManager manager, BackboneWeights backboneWeights, HeadWeights headWeights, Freeze freeze) {
        this.freeze = freeze;
        backbone = addChildBlock("backbone", new ResNet50(freeze));
        heads = addChildBlock("heads", new MultitaskHeads());
        ParameterNames.load(manager, backbone, backboneWeights.tensors());
        ParameterNames.load(manager, heads, headWeights.tensors());
    }

    /** Freezes what is to stay; a DJL trainer thaws everything when it is made, so this is called after that. */
    public void freeze() {
        ParameterNames.of(backbone).forEach((name, parameter) -> {
            if (parameter.getType() != Parameter.Type.RUNNING_MEAN
                    && parameter.getType() != Parameter.Type.RUNNING_VAR) {
                parameter.freeze(freeze.freezes(name));
            }
        });
    }

    public BackboneWeights backboneWeights() {
        return new BackboneWeights(ParameterNames.read(backbone));
    }

    public HeadWeights headWeights() {
        return HeadWeights.of(heads);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray features = new Pass(store, training).keep(backbone, inputs.singletonOrThrow()); // (N, 2048)
        NDList logits = heads.forward(store, new NDList(features), training);
        features.close();
        return logits;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        backbone.initialize(manager, type, inputs);
        heads.initialize(manager, type, backbone.getOutputShapes(inputs));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return heads.getOutputShapes(backbone.getOutputShapes(inputs));
    }
}
