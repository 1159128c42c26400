package dev.blastscope.inference;

/** Compares recent images with those that the active model learned from; begins anew with each model. */
interface DriftWatch extends Predictor.Listener {

    /** Compares with the training of this model from now on. */
    void watch(ServingModel model);
}
