package dev.blastscope.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/** One forward pass that frees each intermediate as soon as it was used; a backward pass keeps what it needs itself. */
record Pass(ParameterStore store, boolean training) {

    /** The block's output; the input stays open because somebody else still needs it. */
    NDArray keep(Block block, NDArray x) {
        return block.forward(store, new NDList(x), training).singletonOrThrow();
    }

    /** The block's output; the input is closed. */
    NDArray then(Block block, NDArray x) {
        NDArray y = keep(block, x);
        x.close();
        return y;
    }

    NDArray relu(NDArray x) {
        NDArray y = Activation.relu(x);
        x.close();
        return y;
    }
}
