/** Predictions in the audit trail, and their repetition. */
@NullMarked
package dev.blastscope.predictionlog;

import org.jspecify.annotations.NullMarked;
