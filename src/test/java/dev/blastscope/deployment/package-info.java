/** What ships beside the program (image, compose file, manifests), checked against the program. */
@NullMarked
package dev.blastscope.deployment;

import org.jspecify.annotations.NullMarked;
