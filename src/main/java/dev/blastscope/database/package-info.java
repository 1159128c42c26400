/** The one database: where it is, and what is true of every use of it. */
@NullMarked
package dev.blastscope.database;

import org.jspecify.annotations.NullMarked;
