package dev.blastscope.datasetstore;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The data sets that were uploaded, wherever they are stored. They never change.
 *
 * <p>Safe for use by any number of threads. Methods throw {@link UncheckedIOException} when the disk refuses.
 */
public interface Datasets {

    /**
     * Stores a zip with a folder per class or a manifest.
     *
     * @param bytes the zip's length; -1 if it is not known
     * @param zip is read once and not closed; an exception of it means that the upload was cut short
     * @throws ArchiveRefused if it is too large, no zip, or has entries that break a rule
     * @throws DatasetRejected if a class has no usable image
     * @throws DatasetRefused if the name has another content or is being uploaded, or if a disk is full
     */
    Stored put(DatasetName name, long bytes, InputStream zip) throws ArchiveRefused, DatasetRejected, DatasetRefused;

    /** The reports of all data sets, by name. */
    List<DatasetReport> reports();

    /** The report of a data set. */
    DatasetReport report(String name) throws DatasetRefused;

    /** Finds where the files of a data set come from, before they are read. */
    Fetch fetch(String name) throws DatasetRefused;

    /** Deletes a data set, even if a training still reads its files. */
    void delete(String name) throws DatasetRefused;

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
         * The folder of the files, for {@link Dataset#read}; fetches them to this machine first if they are not there.
         * An interrupt ends that, and leaves nothing behind.
         *
         * @throws DatasetRefused if they are not those that were uploaded, or the disk is full
         */
        Path folder(Progress progress) throws DatasetRefused;
    }

    /** Hears how many pieces of a data set were fetched. */
    interface Progress {

        void pieces(int done, int total);
    }

    /** Reads data sets, and so keeps them from being deleted. */
    interface Reader {

        /** Whether the files of a data set are still needed. */
        boolean reads(String dataset);
    }
}
