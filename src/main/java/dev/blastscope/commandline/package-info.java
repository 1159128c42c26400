/** The command line: train, evaluate, predict and verify the audit trail without a running service. */
@NullMarked
package dev.blastscope.commandline;

import org.jspecify.annotations.NullMarked;
