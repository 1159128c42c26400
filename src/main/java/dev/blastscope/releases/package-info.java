/**
 * Which version of the model answers, and how another takes its place.
 *
 * <p><b>The truth is in the database:</b> the last row of the activations. Every replica asks for it each second and follows:
 * it brings the version into its own store, loads and warms it while the present one answers, swaps, and frees the one before.
 * What cannot be loaded leaves the present one answering. While the database is down nothing changes.
 *
 * <p><b>The pointer in the home folder</b> says which version a start loads and, beside it, which activation put it there.
 * The command line, which has no database, writes a version without a number. A pointer without a number, or with one that a
 * new database does not know, was therefore moved since, and is put on record as an activation "by the command line", also
 * while the service runs; in all other cases the database is right, and the pointer is moved. Version and number are in one
 * file, replaced in one move, so that none is ever newer than the other.
 *
 * <p><b>A process that is killed</b> between the steps of an activation loses nothing: (1) the version is loaded and warm;
 * killed here, nothing has happened. (2) The row and its audit record are committed, the record a moment before the row, so
 * that at worst the trail tells of an activation without a row; from the commit on it is in force, and whoever starts follows
 * it. (3) This replica swaps. (4) The pointer is moved; killed before, it is moved at the next start. A deletion is committed
 * in the database first; the folder, if it is still there, goes when the replica looks next.
 *
 * <p><b>Replicas share models through the database</b>, in chunks, each file once however many versions have it, and each
 * mirrors them into its own store, where they are verified like any other. An object store such as S3 would do as well, but
 * the database is there already, the objects are few and some 100 MB together for the backbone and the heads, they are
 * committed, backed up and restored together with the rows that name them, and it is one thing less to run and to secure. On
 * the embedded H2 there is one service and nothing to share.
 */
@NullMarked
package dev.blastscope.releases;

import org.jspecify.annotations.NullMarked;
