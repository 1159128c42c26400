/** When to believe a prediction, and when a person must look. */
@NullMarked
package dev.blastscope.review;

import org.jspecify.annotations.NullMarked;
