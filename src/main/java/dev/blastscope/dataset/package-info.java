/**
 * Labelled smears on disk, grouped so that a split does not leak.
 *
 * <p>The way of the data: {@link dev.blastscope.dataset.Dataset} lists the labelled files; whoever decodes them turns
 * each into a {@link dev.blastscope.dataset.FingerprintedImage}; {@link dev.blastscope.dataset.Inspection.LabelConflicts} leaves
 * out what carries two labels; {@link dev.blastscope.dataset.SimilarityGroups} joins what must not be torn apart;
 * {@link dev.blastscope.dataset.DatasetRules} refuses what cannot be trained on; {@link dev.blastscope.dataset.Split}
 * deals the groups to training, validation and test.
 *
 * <p>The way of an upload: {@link dev.blastscope.datasetstore.DatasetStore} writes the zip to a staging folder, checks its
 * directory and unpacks it under names of our own, decodes each image once, and moves the folder to its name. {@link dev.blastscope.datasetstore.Datasets} is what others see of
 * it, whether the replicas share their data sets or not; those that do pass a data set on as one stream.
 */
@NullMarked
package dev.blastscope.dataset;

import org.jspecify.annotations.NullMarked;
