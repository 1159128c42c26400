/**
 * The data sets that replicas share through their database, so that an upload to one of them is an upload to all.
 *
 * <p><b>The way of an upload:</b> the node's own store takes it in and checks it. Then its files go into the database as one
 * tar, in chunks of half a megabyte, and once the last one is there the data set gets its name in one statement, which a
 * unique key lets only one of several succeed with. Then the folder on the node gets that name. A node without the files
 * fetches them when a training needs them: each chunk is checked against its SHA-256, and all of it against the data set's
 * digest.
 *
 * <p><b>Why not one transaction,</b> which would leave nothing behind by itself: for gigabytes it would be open for minutes,
 * and as long as it is, PostgreSQL may tidy up after no other table either, of which the head of the record changes with each
 * prediction. So each chunk is a transaction of its own, which also signs the data set with the database's time. A nameless
 * data set whose last sign is old has a dead maker, and any replica deletes it, chunks and all; its maker, should it only
 * have slept, finds its row gone with the next chunk and gives up. Nameless ones block no name, so an upload that was killed
 * may be sent again at once, to whichever replica.
 *
 * <p><b>What lies on a node</b> beside the database is a copy, or was stored before the replicas shared anything. The second
 * kind is shared by its node, after the start. To tell them apart when the database does not know one, deleted data sets
 * leave their name, digest and time there: a copy of one of them goes when its node looks next, everything else stays. So a
 * new or restored database makes no node delete what only that node still has.
 */
@NullMarked
package dev.blastscope.datasetstore;

import org.jspecify.annotations.NullMarked;
