/** The prediction for a smear, in plain Java: no tensors, no web, no Spring. */
@NullMarked
package dev.blastscope.prediction;

import org.jspecify.annotations.NullMarked;
