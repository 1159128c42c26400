/** The network as an ONNX file, in floats or quantised to 8 bits, and on ONNX Runtime, the faster engine on a CPU. */
@NullMarked
package dev.blastscope.network.onnx;

import org.jspecify.annotations.NullMarked;
