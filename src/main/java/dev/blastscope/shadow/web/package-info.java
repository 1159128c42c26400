/** The challenger over HTTP, for the admin. */
@NullMarked
package dev.blastscope.shadow.web;

import org.jspecify.annotations.NullMarked;
