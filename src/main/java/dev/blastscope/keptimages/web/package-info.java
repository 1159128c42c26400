/** Kept images over HTTP. */
@NullMarked
package dev.blastscope.keptimages.web;

import org.jspecify.annotations.NullMarked;
