/** Predictions with the active model: an image in, a prediction out. */
@NullMarked
package dev.blastscope.inference;

import org.jspecify.annotations.NullMarked;
