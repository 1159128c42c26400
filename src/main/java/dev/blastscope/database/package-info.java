/** The one database: where it is, how replicas share files through it, and how threads use it. */
@NullMarked
package dev.blastscope.database;

import org.jspecify.annotations.NullMarked;
