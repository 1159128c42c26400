/** The one folder of all state, and how files come into it: whole or not at all. */
@NullMarked
package dev.blastscope.home;

import org.jspecify.annotations.NullMarked;
