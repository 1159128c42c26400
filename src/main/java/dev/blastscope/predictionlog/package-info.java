/** What the service decided, on record and run again on demand. */
@NullMarked
package dev.blastscope.predictionlog;

import org.jspecify.annotations.NullMarked;
