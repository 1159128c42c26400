/** What the service and the command line share: common settings, and the beans that are made from them. */
@NullMarked
package dev.blastscope.assembly;

import org.jspecify.annotations.NullMarked;
