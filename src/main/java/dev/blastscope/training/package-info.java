/** Frozen features once, heads many times: from labelled images to a candidate model. */
@NullMarked
package dev.blastscope.training;

import org.jspecify.annotations.NullMarked;
