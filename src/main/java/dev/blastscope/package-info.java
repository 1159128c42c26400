/** Blastscope: a service that screens photographs of peripheral blood smears for acute lymphoblastic leukaemia. */
@NullMarked
package dev.blastscope;

import org.jspecify.annotations.NullMarked;
