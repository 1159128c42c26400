package dev.blastscope.modelstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The published models, a folder each, and which of them is active.
 *
 * <p>Safe for use by any number of threads and processes on one folder: a version or a pointer appears in one atomic
 * move, complete and on the disk, and is never changed afterwards. A process may be killed at any moment. Methods throw
 * {@link UncheckedIOException} when the disk refuses.
 */
public final class ModelStore {

    private final Path models;
    private final Clock clock;
    private final VersionFolders folders;
    private final ActivePointer pointer;

    /** A store in the given folder, which the first publication creates. */
    public ModelStore(Path models) {
        this(models, Clock.systemUTC());
    }

    ModelStore(Path models, Clock clock) {
        this.models = models;
        this.clock = clock;
        this.folders = new VersionFolders(models);
        this.pointer = new ActivePointer(models);
    }

    /**
     * Publishes a model under the next free version of the day; it does not become active.
     *
     * @param backbone the network below the heads, in the safetensors format
     * @param heads the two heads, in the safetensors format
     * @param card gives the model card's JSON for a version's name; asked again if another process takes that name
     * @throws IllegalArgumentException if a file is larger than 1 GiB
     */
    public ModelVersion publish(byte[] backbone, byte[] heads, Function<String, byte[]> card) {
        return publish(backbone, heads, Optional.empty(), Optional.empty(), card);
    }

    /**
     * As {@link #publish(byte[], byte[], Function)}, with what a model may have besides.
     *
     * @param quantised the backbone in 8 bits, an ONNX file; empty if the heads know the features in 32 bits
     * @param trainedOn the images that it learned from; empty if they are not known
     */
    public ModelVersion publish(
            byte[] backbone,
            byte[] heads,
            Optional<byte[]> quantised,
            Optional<TrainedOn> trainedOn,
            Function<String, byte[]> card) {
        Optional<byte[]> images = trainedOn.map(TrainedOn::toBytes);
        try {
            Staging.sweep(models, clock.instant());
            try (Staging staging = Staging.in(models)) {
                staging.write(ModelFiles.BACKBONE, backbone);
                staging.write(ModelFiles.HEADS, heads);
                if (quantised.isPresent()) {
                    staging.write(ModelFiles.QUANTISED, quantised.get());
                }
                if (images.isPresent()) {
                    staging.write(ModelFiles.TRAINED_ON, images.get());
                }
                while (true) {
                    ModelVersion version = nextFree();
                    ModelFiles files =
                            new ModelFiles(backbone, heads, card.apply(version.toString()), quantised, images);
                    staging.write(ModelFiles.CARD, files.card());
                    staging.write(Checksums.FILE, Checksums.of(files).toBytes());
                    if (staging.publishAs(version.toString())) {
                        return version;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be published", e);
        }
    }

    /** Every published version, newest first. */
    public List<StoredVersion> versions() {
        try {
            return folders.versions().stream()
                    .sorted(Comparator.reverseOrder())
                    .map(version -> new StoredVersion(version, folders.isComplete(version)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The models could not be listed", e);
        }
    }

    /**
     * Reads a version and verifies every byte of it.
     *
     * @throws NoSuchModel if no version has this name
     * @throws DamagedModel if any of its files is not what was published
     */
    public StoredModel open(String version) throws NoSuchModel, DamagedModel {
        return ModelReader.read(new FolderSource(folders.of(folders.existing(version))));
    }

    /**
     * Reads a version's card and verifies it; the weights are not looked at.
     *
     * @throws NoSuchModel if no version has this name
     * @throws DamagedModel if the card or the checksums are not what was published
     */
    public StoredCard card(String version) throws NoSuchModel, DamagedModel {
        return ModelReader.readCard(new FolderSource(folders.of(folders.existing(version))));
    }

    /**
     * The name of the active version, which may have been deleted or damaged since; empty before the first activation.
     *
     * @throws DamagedModel if the pointer to it is unreadable
     */
    public Optional<String> active() throws DamagedModel {
        try {
            return pointer.read().map(ModelVersion::toString);
        } catch (IOException e) {
            throw new UncheckedIOException("The pointer to the active model could not be read", e);
        }
    }

    /** Verifies a version as {@link #open} does and makes it the active one; a call that fails changes nothing. */
    public void activate(String version) throws NoSuchModel, DamagedModel {
        open(version);
        try {
            pointer.write(folders.existing(version));
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be activated", e);
        }
    }

    private ModelVersion nextFree() throws IOException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Stream.concat(folders.taken().stream(), activeName())
                .filter(version -> version.day().equals(today))
                .max(Comparator.naturalOrder())
                .map(ModelVersion::next)
                .orElseGet(() -> new ModelVersion(today, 1));
    }

    /** Counts as taken even if its folder was deleted: a new model of that name would be active unasked. */
    private Stream<ModelVersion> activeName() throws IOException {
        try {
            return pointer.read().stream();
        } catch (DamagedModel namesNothing) {
            return Stream.empty();
        }
    }
}
