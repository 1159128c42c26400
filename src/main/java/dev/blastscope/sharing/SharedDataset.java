package dev.blastscope.sharing;

import dev.blastscope.dataset.DatasetReport;

/**
 * A data set that is complete in the database.
 *
 * @param id of its row
 * @param chunks how many there are, numbered from 0
 */
record SharedDataset(String id, DatasetReport report, int chunks) {}
