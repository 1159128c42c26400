/** The network as an ONNX file, in fp32 or int8, and on ONNX Runtime, the faster engine on a CPU. */
@NullMarked
package dev.blastscope.network.onnx;

import org.jspecify.annotations.NullMarked;
