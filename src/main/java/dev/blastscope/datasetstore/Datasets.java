package dev.blastscope.datasetstore;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The data sets that were uploaded, wherever they lie. They never change.
 *
 * <p>Safe for use by any number of threads. Methods throw {@link UncheckedIOException} when the disk refuses.
 */
public interface Datasets {

    /**
     * Takes in a zip with a folder per class or a manifest.
     *
     * @param bytes the zip's length; -1 if it is not known
     * @param zip is read once and not closed; an exception of it means that the upload was cut short
     * @throws ArchiveRefused if it is too large, no zip, or has entries that break a rule
     * @throws DatasetRejected if a class has no usable image
     * @throws DatasetTaken if the name has another content, or is being uploaded
     * @throws NoRoom if a disk is full
     */
    Stored put(DatasetName name, long bytes, InputStream zip)
            throws ArchiveRefused, DatasetRejected, DatasetTaken, NoRoom;

    /** The reports of all data sets, by name. */
    List<DatasetReport> reports();

    /** The report of a data set. */
    DatasetReport report(String name) throws NoSuchDataset;

    /** Finds out where the files of a data set come from, for somebody who is about to read them. */
    Fetch fetch(String name) throws NoSuchDataset;

    /** Deletes a data set; whoever still reads its files loses them. */
    void delete(String name) throws NoSuchDataset;

    /**
     * What became of an upload.
     *
     * @param report of the data set that has the name now
     * @param created whether this upload made it; else it was there with the same content
     */
    record Stored(DatasetReport report, boolean created) {}

    /** The way to the files of a data set. */
    interface Fetch {

        /**
         * The folder of the files, for {@link Dataset#read}; brings them to this machine first if they are not there. An
         * interrupt ends that, and leaves nothing behind.
         *
         * @throws DamagedDataset if they are not those that were uploaded
         * @throws NoRoom if the disk is full
         */
        Path folder(Progress progress) throws DamagedDataset, NoRoom;
    }

    /** Hears how far the bringing of a data set is. */
    interface Progress {

        void pieces(int done, int total);
    }
}
