package dev.blastscope.dataset;

import dev.blastscope.image.ImageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The data sets that were uploaded, a folder each, which never change.
 *
 * <p>Safe for use by any number of threads and processes on one folder: a data set appears in one atomic move, complete
 * and on the disk. A process may be killed at any moment. Methods throw {@link UncheckedIOException} when the disk refuses.
 */
public final class DatasetStore {

    private final Path root;
    private final ArchiveLimits limits;
    private final ImageDecoder decoder;
    private final Disk disk;
    private final Clock clock = Clock.systemUTC();
    private final Set<DatasetName> uploading = ConcurrentHashMap.newKeySet();

    /** Held while images are decoded, so that the memory for it is taken once. */
    private final ReentrantLock decoding = new ReentrantLock();

    /** A store in the given folder, which the first upload creates. */
    public DatasetStore(Path root, ArchiveLimits limits, ImageDecoder decoder) {
        this.root = root.toAbsolutePath();
        this.limits = limits;
        this.decoder = decoder;
        this.disk = new Disk(this.root, limits.minFreeBytes());
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

    /**
     * Takes in a zip with a folder per class or a manifest.
     *
     * @param bytes the zip's length; -1 if it is not known
     * @param zip is read once and not closed; an exception of it means that the upload was cut short
     * @throws ArchiveRefused if it is too large, no zip, or has entries that break a rule
     * @throws DatasetRejected if a class has no usable image
     * @throws DatasetTaken if the name has another content, or is being uploaded
     * @throws NoRoom if the disk is full
     */
    public Stored put(DatasetName name, long bytes, InputStream zip)
            throws ArchiveRefused, DatasetRejected, DatasetTaken, NoRoom {
        limits.checkUpload(bytes);
        if (!uploading.add(name)) {
            throw DatasetTaken.uploadInProgress();
        }
        try {
            Files.createDirectories(root);
            disk.requireRoom(bytes);
            try (Staging staging = Staging.in(root)) {
                return put(name, zip, staging);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data set could not be stored. Check the disk and the permissions.", e);
        } finally {
            uploading.remove(name);
        }
    }

    private Stored put(DatasetName name, InputStream zip, Staging staging)
            throws IOException, ArchiveRefused, DatasetRejected, DatasetTaken, NoRoom {
        try {
            Path upload = staging.folder().resolve("upload.zip");
            limits.checkUpload(disk.copy(zip, upload, limits.maxUploadBytes()));
            StagedDataset staged = new StagedDataset(staging.folder());
            Map<String, Path> files = new ZipUnpacker(limits, disk).unpack(upload, staged.createImages());
            Files.delete(upload);
            Inspection inspection = inspect(ArchiveIntake.read(files));
            inspection.requireEveryClass();
            DatasetReport report = inspection.report(name, clock.instant());
            staged.write(inspection.images(), report);
            return staging.publishAs(name.value()) ? new Stored(report, true) : existing(name, report);
        } catch (Disk.Unreadable e) {
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

    private Stored existing(DatasetName name, DatasetReport sent) throws IOException, DatasetTaken {
        DatasetReport stored = read(name).orElseThrow(DatasetTaken::withOtherContent);
        if (!stored.digest().equals(sent.digest())) {
            throw DatasetTaken.withOtherContent();
        }
        return new Stored(stored, false);
    }

    /** The reports of all data sets, by name. */
    public List<DatasetReport> reports() {
        List<DatasetReport> reports = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            return reports;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            for (Path folder : folders) {
                read(String.valueOf(folder.getFileName())).ifPresent(reports::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data sets could not be listed", e);
        }
        reports.sort(Comparator.comparing(DatasetReport::name));
        return reports;
    }

    /** The report of a data set. */
    public DatasetReport report(String name) throws NoSuchDataset {
        try {
            return read(name).orElseThrow(NoSuchDataset::new);
        } catch (IOException e) {
            throw new UncheckedIOException("The report of a data set could not be read", e);
        }
    }

    /** The folder of a data set, for {@link Dataset#read}. */
    public Path folder(String name) throws NoSuchDataset {
        return root.resolve(report(name).name());
    }

    /** Deletes a data set; whoever still reads its files loses them. */
    public void delete(String name) throws NoSuchDataset {
        try {
            Staging.discard(folder(name));
        } catch (NoSuchFileException e) {
            throw new NoSuchDataset();
        } catch (IOException e) {
            throw new UncheckedIOException("The data set could not be deleted", e);
        }
    }

    private Optional<DatasetReport> read(String name) throws IOException {
        Optional<DatasetName> valid = DatasetName.parse(name);
        return valid.isPresent() ? read(valid.get()) : Optional.empty();
    }

    private Optional<DatasetReport> read(DatasetName name) throws IOException {
        try {
            Path report = root.resolve(name.value()).resolve(StagedDataset.REPORT);
            return Optional.of(DatasetReport.read(Files.readAllBytes(report)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * What became of an upload.
     *
     * @param report of the data set that has the name now
     * @param created whether this upload made it; else it was there with the same content
     */
    public record Stored(DatasetReport report, boolean created) {}
}
