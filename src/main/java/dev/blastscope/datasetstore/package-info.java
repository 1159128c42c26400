/**
 * Data sets for training: upload, storage, and sharing between replicas through their database. RATIONALE.md beside
 * this file says why it is built this way.
 */
@NullMarked
package dev.blastscope.datasetstore;

import org.jspecify.annotations.NullMarked;
