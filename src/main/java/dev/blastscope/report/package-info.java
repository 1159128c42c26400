/** What a model achieved, as a page that a haematologist reads and as JSON; no tensors, no Spring. */
@NullMarked
package dev.blastscope.report;

import org.jspecify.annotations.NullMarked;
