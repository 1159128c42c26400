/** Recorded decisions over HTTP, for the admin. */
@NullMarked
package dev.blastscope.predictionlog.web;

import org.jspecify.annotations.NullMarked;
