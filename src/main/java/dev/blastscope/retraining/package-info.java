/** Trainings that the service runs by itself. */
@NullMarked
package dev.blastscope.retraining;

import org.jspecify.annotations.NullMarked;
