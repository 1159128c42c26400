/** The same service from a terminal: train, evaluate, predict. */
@NullMarked
package dev.blastscope.commandline;

import org.jspecify.annotations.NullMarked;
