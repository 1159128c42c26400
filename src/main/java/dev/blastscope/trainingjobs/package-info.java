/** Trainings that the service runs by itself, and the data sets that it was sent for them. */
@NullMarked
package dev.blastscope.trainingjobs;

import org.jspecify.annotations.NullMarked;
