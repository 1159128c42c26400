package dev.blastscope.network.engine;

/** The precisions that models are trained and served in. */
public enum PrecisionChoice {
    /** New models in fp32, and in int8 too where the heads do as well on it; served in the fastest that a model has. */
    AUTO,
    /** Nothing in int8, neither trained nor served. */
    FP32,
    /** New models in int8 too, even where the heads do worse on it; served in the fastest that a model has. */
    INT8
}
