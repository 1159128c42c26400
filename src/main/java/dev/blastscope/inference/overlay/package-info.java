/** The evidence for a prediction, drawn over the smear. */
@NullMarked
package dev.blastscope.inference.overlay;

import org.jspecify.annotations.NullMarked;
