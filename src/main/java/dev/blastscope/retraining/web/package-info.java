/** Data sets and trainings over HTTP, for the admin. */
@NullMarked
package dev.blastscope.retraining.web;

import org.jspecify.annotations.NullMarked;
