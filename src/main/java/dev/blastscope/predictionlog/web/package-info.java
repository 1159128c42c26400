/** Replays of recorded predictions over HTTP, for admins. */
@NullMarked
package dev.blastscope.predictionlog.web;

import org.jspecify.annotations.NullMarked;
