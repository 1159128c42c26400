/** What service and command line share: the settings of the whole, and the parts that are made from them. */
@NullMarked
package dev.blastscope.assembly;

import org.jspecify.annotations.NullMarked;
