/** Releases over HTTP, for the admin. */
@NullMarked
package dev.blastscope.releases.web;

import org.jspecify.annotations.NullMarked;
