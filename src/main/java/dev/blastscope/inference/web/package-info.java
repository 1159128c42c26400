/** Predictions over HTTP. */
@NullMarked
package dev.blastscope.inference.web;

import org.jspecify.annotations.NullMarked;
