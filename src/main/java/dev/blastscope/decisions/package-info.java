/** What the service decided, on record and run again on demand. */
@NullMarked
package dev.blastscope.decisions;

import org.jspecify.annotations.NullMarked;
