/**
 * Training jobs: orders, the queue, the promotion gate, and the training of a first model before the service is ready.
 */
@NullMarked
package dev.blastscope.trainingjobs;

import org.jspecify.annotations.NullMarked;
