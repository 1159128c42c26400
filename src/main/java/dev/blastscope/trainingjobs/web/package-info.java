/** Data sets and trainings over HTTP, for the admin. */
@NullMarked
package dev.blastscope.trainingjobs.web;

import org.jspecify.annotations.NullMarked;
