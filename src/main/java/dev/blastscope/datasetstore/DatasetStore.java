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
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
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
    private final ArchiveLimits limits;
    private final ImageDecoder decoder;
    private final DiskSpace disk;
    private final StoredReports reports;
    private final Clock clock = Clock.systemUTC();
    private final Set<DatasetName> uploading = ConcurrentHashMap.newKeySet();

    /** Held while images are decoded, so that the memory for it is taken once. */
    private final ReentrantLock decoding = new ReentrantLock();

    /** A store in the given folder, which the first upload creates. */
    public DatasetStore(Path root, ArchiveLimits limits, ImageDecoder decoder) {
        this.root = root.toAbsolutePath();
        this.limits = limits;
        this.decoder = decoder;
        this.disk = new DiskSpace(this.root, limits.minFreeBytes());
        this.reports = new StoredReports(this.root);
    }

    /** Removes what uploads left behind whose process was killed. */
    public void sweep() {
        try {
            Staging.sweep(root);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Leftovers of killed uploads cannot be removed. Check the permissions of the folder datasets.", e);
        }
    }

    @Override
    public Stored put(DatasetName name, long bytes, InputStream zip)
            throws ArchiveRefused, DatasetRejected, DatasetTaken, NoRoom {
        return put(
                name, bytes, zip, made -> made.publish() ? new Stored(made.report(), true) : existing(made.report()));
    }

    /** Takes in a zip like {@link #put(DatasetName, long, InputStream)}, and leaves it to another how it gets its name. */
    public Stored put(DatasetName name, long bytes, InputStream zip, Naming naming)
            throws ArchiveRefused, DatasetRejected, DatasetTaken, NoRoom {
        limits.checkUpload(bytes);
        if (!uploading.add(name)) {
            throw DatasetTaken.uploadInProgress();
        }
        try {
            Files.createDirectories(root);
            disk.requireRoom(bytes);
            try (Staging staging = Staging.in(root)) {
                return naming.name(new UnnamedDataset(staging, stage(name, zip, staging)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data set could not be stored. Check the disk and the permissions.", e);
        } finally {
            uploading.remove(name);
        }
    }

    private DatasetReport stage(DatasetName name, InputStream zip, Staging staging)
            throws IOException, ArchiveRefused, DatasetRejected, NoRoom {
        try {
            Path upload = staging.folder().resolve("upload.zip");
            limits.checkUpload(disk.copy(zip, upload, limits.maxUploadBytes()));
            StagedDataset staged = new StagedDataset(staging.folder());
            Inspection inspection =
                    inspect(ArchiveIntake.read(new ZipUnpacker(limits, disk).unpack(upload, staged.createImages())));
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

    private Stored existing(DatasetReport sent) throws DatasetTaken {
        DatasetReport stored = find(sent.name()).orElseThrow(DatasetTaken::withOtherContent);
        if (!stored.digest().equals(sent.digest())) {
            throw DatasetTaken.withOtherContent();
        }
        return new Stored(stored, false);
    }

    /**
     * Stores a data set of another store under its name.
     *
     * @param report what it must be
     * @param packed what {@link #pack} wrote there; is read once and not closed
     * @return its folder
     * @throws DamagedDataset if it is something else; one that the stream throws is passed on
     * @throws NoRoom if the disk is full
     */
    public Path receive(DatasetReport report, InputStream packed) throws DamagedDataset, NoRoom {
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
        } catch (DamagedDataset e) {
            throw e;
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
        try {
            return reports.all();
        } catch (IOException e) {
            throw new UncheckedIOException("The data sets could not be listed", e);
        }
    }

    /** The report of a data set, if there is one of this name. */
    public Optional<DatasetReport> find(String name) {
        try {
            return reports.find(name);
        } catch (IOException e) {
            throw new UncheckedIOException("The report of a data set could not be read", e);
        }
    }

    @Override
    public DatasetReport report(String name) throws NoSuchDataset {
        return find(name).orElseThrow(NoSuchDataset::new);
    }

    /** The folder of a data set, for {@link Dataset#read}. */
    public Path folder(String name) throws NoSuchDataset {
        return root.resolve(report(name).name());
    }

    @Override
    public Fetch fetch(String name) throws NoSuchDataset {
        Path folder = folder(name);
        return progress -> folder;
    }

    @Override
    public void delete(String name) throws NoSuchDataset {
        try {
            Staging.discard(folder(name));
        } catch (NoSuchFileException e) {
            throw new NoSuchDataset();
        } catch (IOException e) {
            throw new UncheckedIOException("The data set could not be deleted", e);
        }
    }

    /** Takes a data set out of the store and leaves its files beside it, for people, under the name that is returned. */
    public String setAside(String name) throws NoSuchDataset {
        try {
            return Staging.setAside(folder(name));
        } catch (IOException e) {
            throw new UncheckedIOException("The data set could not be set aside", e);
        }
    }

    /** Gives a data set its name, or finds that it cannot. */
    public interface Naming {

        Stored name(UnnamedDataset made) throws IOException, DatasetTaken, NoRoom;
    }
}
