package dev.blastscope.training;

import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.ServingNetwork.Logits;
import dev.blastscope.network.ServingNetwork.Output;
import java.util.List;
import java.util.Map;

/** A way to train a network on some of the images and to ask it about others. */
interface Learner {

    /**
     * Trains.
     *
     * @param train the images to learn from
     * @param validation the images that decide when to stop
     * @throws InterruptedException if the thread was interrupted
     */
    Learned learn(List<Integer> train, List<Integer> validation, TrainingProgress progress) throws InterruptedException;

    /** A trained network. */
    interface Learned {

        /** How the training went, for the model card: the best epoch and its validation loss. */
        Map<String, Object> course();

        HeadWeights heads();

        /** The backbone as a safetensors file. */
        byte[] backbone();

        /**
         * What it makes of some images, in their order.
         *
         * @throws InterruptedException if the thread was interrupted
         */
        List<Output> outputs(List<Integer> images) throws InterruptedException;

        /** The logits of some images, likewise. */
        default List<Logits> logits(List<Integer> images) throws InterruptedException {
            return outputs(images).stream().map(Output::logits).toList();
        }
    }
}
