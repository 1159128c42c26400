/** An image in, a diagnosis out, with the active model. */
@NullMarked
package dev.blastscope.inference;

import org.jspecify.annotations.NullMarked;
