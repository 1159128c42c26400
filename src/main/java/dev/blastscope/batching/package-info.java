/** Many requests in one forward pass; knows neither images nor tensors. */
@NullMarked
package dev.blastscope.batching;

import org.jspecify.annotations.NullMarked;
