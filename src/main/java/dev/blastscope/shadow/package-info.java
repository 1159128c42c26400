/** A challenger: a published model that scores what the active one answers, at low priority, and answers nothing. */
@NullMarked
package dev.blastscope.shadow;

import org.jspecify.annotations.NullMarked;
