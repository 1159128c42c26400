/** Which library runs the network, and in which numbers. */
@NullMarked
package dev.blastscope.network.engine;

import org.jspecify.annotations.NullMarked;
