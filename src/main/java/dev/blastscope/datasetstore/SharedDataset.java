package dev.blastscope.datasetstore;

/**
 * A data set that is complete in the database.
 *
 * @param id of its row
 * @param chunks how many there are, numbered from 0
 */
record SharedDataset(String id, DatasetReport report, int chunks) {}
