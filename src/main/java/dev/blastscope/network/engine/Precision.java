package dev.blastscope.network.engine;

/** The numbers in which the backbone of a newly trained model computes; a model in service keeps its own. */
public enum Precision {
    /** int8 where ONNX Runtime runs the network and the heads do as well on it, else fp32. */
    AUTO,
    FP32,
    INT8
}
