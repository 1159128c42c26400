/** Weights in the safetensors format, validated as if every file were hostile. */
@NullMarked
package dev.blastscope.safetensors;

import org.jspecify.annotations.NullMarked;
