/** How every feature says no. */
@NullMarked
package dev.blastscope.refusal;

import org.jspecify.annotations.NullMarked;
