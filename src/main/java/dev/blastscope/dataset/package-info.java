/**
 * Labelled smears on disk, grouped so that a split does not leak.
 *
 * <p>The path of the data: {@link dev.blastscope.dataset.Dataset} lists the labelled files; decoding turns each into a
 * {@link dev.blastscope.dataset.FingerprintedImage}; an {@link dev.blastscope.dataset.Inspection} leaves out what has
 * two labels, joins in {@link dev.blastscope.dataset.SimilarityGroups} what must not be torn apart, and rejects what
 * cannot be trained on; {@link dev.blastscope.dataset.Folds} assign the groups to the folds of a cross-validation, or a
 * {@link dev.blastscope.dataset.Split} to training, validation and test.
 */
@NullMarked
package dev.blastscope.dataset;

import org.jspecify.annotations.NullMarked;
