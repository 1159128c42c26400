/** Weights in the safetensors format, read as if every file were hostile. */
@NullMarked
package dev.blastscope.safetensors;

import org.jspecify.annotations.NullMarked;
