package dev.blastscope.datasetstore;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.Inspection;
import dev.blastscope.home.Staging;
import dev.blastscope.image.ImageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The data sets on this machine, a folder each.
 *
 * <p>Safe for use by any number of threads and processes on one folder: a data set appears in one atomic move, complete
 * and on the disk. A process may be killed at any moment.
 */
public final class DatasetStore implements Datasets {

    private final Path root;
    private final DatasetSettings settings;
    private final ImageDecoder decoder;
    private final DiskSpace disk;
    private final Clock clock = Clock.systemUTC();
    private final Set<DatasetName> uploading = ConcurrentHashMap.newKeySet();

    /** Held while images are decoded, so that the memory for it is taken once. */
    private final ReentrantLock decoding = new ReentrantLock();

    /** A store in the given folder, which the first upload creates. */
    public DatasetStore(Path root, DatasetSettings settings, ImageDecoder decoder) {
        this.root = root.toAbsolutePath();
        this.settings = settings;
        this.decoder = decoder;
        this.disk = new DiskSpace(this.root, settings.minFree().toBytes());
    }

    /** Removes what uploads of killed processes left behind. */
    public void sweep() {
        try {
            Staging.sweep(root);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Files of interrupted uploads cannot be removed. Check the permissions of the folder datasets.", e);
        }
    }

    @Override
    public Stored put(DatasetName name, long bytes, InputStream zip)
            throws ArchiveRefused, DatasetRejected, DatasetRefused {
        return put(
                name, bytes, zip, made -> made.publish() ? new Stored(made.report(), true) : existing(made.report()));
    }

    /** Stores a zip like {@link #put(DatasetName, long, InputStream)}, but lets the caller give it its name. */
    public Stored put(DatasetName name, long bytes, InputStream zip, Naming naming)
            throws ArchiveRefused, DatasetRejected, DatasetRefused {
        settings.checkUpload(bytes);
        if (!uploading.add(name)) {
            throw DatasetRefused.uploadInProgress();
        }
        try {
            Files.createDirectories(root);
            disk.requireRoom(bytes);
            try (Staging staging = Staging.in(root)) {
                return naming.name(new Unnamed(staging, stage(name, zip, staging)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data set could not be stored. Check the disk and the permissions.", e);
        } finally {
            uploading.remove(name);
        }
    }

    private DatasetReport stage(DatasetName name, InputStream zip, Staging staging)
            throws IOException, ArchiveRefused, DatasetRejected, DatasetRefused {
        try {
            Path upload = staging.folder().resolve("upload.zip");
            settings.checkUpload(disk.copy(zip, upload, settings.maxUpload().toBytes()));
            StagedDataset staged = new StagedDataset(staging.folder());
            Inspection inspection =
                    inspect(ArchiveIntake.read(new ZipUnpacker(settings, disk).unpack(upload, staged.createImages())));
            Files.delete(upload);
            inspection.requireEveryClass();
            DatasetReport report = DatasetReport.of(name, inspection, clock.instant());
            staged.write(inspection.images(), report);
            return report;
        } catch (DiskSpace.Unreadable e) {
            throw ArchiveRefused.cutShort();
        } catch (IOException e) {
            disk.requireRoom();
            throw e;
        }
    }

    private Inspection inspect(Dataset dataset) {
        decoding.lock();
        try {
            return Inspection.of(dataset, decoder);
        } finally {
            decoding.unlock();
        }
    }

    private Stored existing(DatasetReport sent) throws DatasetRefused {
        DatasetReport stored = find(sent.name()).orElseThrow(DatasetRefused::otherContent);
        if (!stored.digest().equals(sent.digest())) {
            throw DatasetRefused.otherContent();
        }
        return new Stored(stored, false);
    }

    /**
     * Stores a data set of another store under its name.
     *
     * @param report what it must be
     * @param packed what {@link #pack} wrote there; is read once and not closed
     * @return its folder
     * @throws DatasetRefused if it is something else, or the disk is full
     */
    public Path receive(DatasetReport report, InputStream packed) throws DatasetRefused {
        try {
            Files.createDirectories(root);
            disk.requireRoom(report.bytes());
            try (Staging staging = Staging.in(root)) {
                PackedDataset.read(report.name(), packed, staging.folder(), disk);
                new StagedDataset(staging.folder()).requireToBe(report);
                if (!staging.publishAs(report.name())
                        && find(report.name()).filter(report::isOfSameUpload).isEmpty()) {
                    throw new IOException("The name is taken");
                }
                return root.resolve(report.name());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data set could not be stored. Check the disk and the permissions.", e);
        }
    }

    /** Writes all files of a data set as one stream, for {@link #receive}. */
    public void pack(String name, OutputStream out) throws IOException {
        PackedDataset.write(root.resolve(new DatasetName(name).value()), out);
    }

    @Override
    public List<DatasetReport> reports() {
        List<DatasetReport> reports = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
                folders.forEach(
                        folder -> find(String.valueOf(folder.getFileName())).ifPresent(reports::add));
            } catch (IOException e) {
                throw new UncheckedIOException("The data sets could not be listed", e);
            }
        }
        reports.sort(Comparator.comparing(DatasetReport::name));
        return reports;
    }

    /** The report of a data set, if there is one of this name. */
    public Optional<DatasetReport> find(String name) {
        return DatasetName.parse(name).flatMap(valid -> readReport(root.resolve(valid.value())));
    }

    private static Optional<DatasetReport> readReport(Path folder) {
        try {
            return Optional.of(DatasetReport.read(Files.readAllBytes(folder.resolve(StagedDataset.REPORT))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The report of a data set could not be read", e);
        }
    }

    @Override
    public DatasetReport report(String name) throws DatasetRefused {
        return find(name).orElseThrow(DatasetRefused::noSuchDataset);
    }

    /** The folder of a data set, for {@link Dataset#read}. */
    public Path folder(String name) throws DatasetRefused {
        return root.resolve(report(name).name());
    }

    @Override
    public Fetch fetch(String name) throws DatasetRefused {
        Path folder = folder(name);
        return progress -> folder;
    }

    @Override
    public void delete(String name) throws DatasetRefused {
        try {
            Staging.discard(folder(name));
        } catch (NoSuchFileException e) {
            throw DatasetRefused.noSuchDataset();
        } catch (IOException e) {
            throw new UncheckedIOException("The data set could not be deleted", e);
        }
    }

    /** Takes a data set out of the store but keeps its files beside it, in the folder of the returned name. */
    public String setAside(String name) throws DatasetRefused {
        try {
            return Staging.setAside(folder(name));
        } catch (IOException e) {
            throw new UncheckedIOException("The data set could not be set aside", e);
        }
    }

    /** Gives a data set its name, or finds that it cannot. */
    public interface Naming {

        Stored name(Unnamed made) throws IOException, DatasetRefused;
    }

    /** A data set of this store that was unpacked and checked, and that nobody sees before it gets its name. */
    public static final class Unnamed {

        private final Staging staging;
        private final DatasetReport report;

        private Unnamed(Staging staging, DatasetReport report) {
            this.staging = staging;
            this.report = report;
        }

        public DatasetReport report() {
            return report;
        }

        /** Writes all its files as one stream, for {@link DatasetStore#receive}. */
        public void pack(OutputStream out) throws IOException {
            PackedDataset.write(staging.folder(), out);
        }

        /**
         * Gives it the name of its report, all at once, with every byte on the disk.
         *
         * @return false if the store has another of that name
         */
        public boolean publish() throws IOException {
            return staging.publishAs(report.name());
        }
    }
}
