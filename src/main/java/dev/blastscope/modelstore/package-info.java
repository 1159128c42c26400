/** Versioned models on disk, and where each came from. */
@NullMarked
package dev.blastscope.modelstore;

import org.jspecify.annotations.NullMarked;
