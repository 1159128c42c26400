/** Recorded decisions over HTTP, for the admin. */
@NullMarked
package dev.blastscope.decisions.web;

import org.jspecify.annotations.NullMarked;
