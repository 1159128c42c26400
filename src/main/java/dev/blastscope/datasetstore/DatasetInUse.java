package dev.blastscope.datasetstore;

/** Says of a stored data set whether something still needs its files, so that it may not be deleted. */
public interface DatasetInUse {

    boolean isInUse(String dataset);
}
