/** Trainings over HTTP, for admins. */
@NullMarked
package dev.blastscope.trainingjobs.web;

import org.jspecify.annotations.NullMarked;
