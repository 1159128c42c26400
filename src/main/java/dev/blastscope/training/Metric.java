package dev.blastscope.training;

import java.util.BitSet;
import java.util.List;

/** A figure of merit in [0, 1] that can be computed again on a resample of its images. */
interface Metric {

    /** The metric with image {@code i} counted {@code weights[i]} times; NaN where it is undefined. */
    double on(int[] weights);

    /** The disjoint samples it rests on: one for a proportion, positives and negatives for the AUROC. */
    List<BitSet> samples();
}
