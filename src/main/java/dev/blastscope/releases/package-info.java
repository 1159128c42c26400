/** Which version of the model answers, and how another takes its place. */
@NullMarked
package dev.blastscope.releases;

import org.jspecify.annotations.NullMarked;
