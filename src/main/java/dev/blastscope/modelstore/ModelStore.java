package dev.blastscope.modelstore;

import dev.blastscope.home.DurableFiles;
import dev.blastscope.home.Staging;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
            Optional<TrainingImageIndex> trainedOn,
            Function<String, byte[]> card) {
        Optional<byte[]> images = trainedOn.map(TrainingImageIndex::toBytes);
        try {
            Staging.sweep(models);
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
     * The name of the active version, which may have been deleted or damaged since; empty while that is the embedded one.
     *
     * @throws DamagedModel if the pointer to it is unreadable
     */
    public Optional<String> active() throws DamagedModel {
        return pointer().map(ActiveVersion::version).filter(version -> !version.equals(EmbeddedModel.VERSION));
    }

    /**
     * What the pointer to the active version says; empty before the first activation.
     *
     * @throws DamagedModel if it is unreadable
     */
    public Optional<ActiveVersion> pointer() throws DamagedModel {
        try {
            return pointer.read();
        } catch (IOException e) {
            throw new UncheckedIOException("The pointer to the active model could not be read", e);
        }
    }

    /** Verifies a version as {@link #open} does and makes it the active one; a call that fails changes nothing. */
    public void activate(String version) throws NoSuchModel, DamagedModel {
        open(version);
        point(new ActiveVersion(version, OptionalLong.empty()));
    }

    /** Moves the pointer and verifies nothing, for whoever has opened the version, or knows that it is the one to follow. */
    public void point(ActiveVersion active) {
        try {
            pointer.write(active);
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be activated", e);
        }
    }

    /**
     * Reads and verifies a version's files for another store to {@link #receive}.
     *
     * @return the bytes of each file by its name
     * @throws NoSuchModel if no version has this name
     * @throws DamagedModel if any of its files is not what was published
     */
    public Map<String, byte[]> contents(String version) throws NoSuchModel, DamagedModel {
        return ModelReader.contents(new FolderSource(folders.of(folders.existing(version))));
    }

    /**
     * Publishes what another store has published, under the same name; if that is taken, nothing changes.
     *
     * @param digest what the model must be, as in {@link StoredModel}
     * @param contents the other store's {@link #contents}
     * @throws NoSuchModel if the version is no version's name
     * @throws DamagedModel if the contents are not those of that model
     */
    public void receive(String version, String digest, Map<String, byte[]> contents) throws NoSuchModel, DamagedModel {
        String name = named(version).toString();
        ReceivedSource source = new ReceivedSource(name, contents);
        Map<String, byte[]> verified = ModelReader.contents(source);
        if (!ModelReader.read(source).digest().equals(digest)) {
            throw new DamagedModel(
                    "Model " + name + " came with another digest than it was published with. " + source.remedy(), null);
        }
        try {
            Staging.sweep(models);
            try (Staging staging = Staging.in(models)) {
                for (Map.Entry<String, byte[]> file : verified.entrySet()) {
                    staging.write(file.getKey(), file.getValue());
                }
                staging.publishAs(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A model could not be received", e);
        }
    }

    /**
     * Deletes a version, whose name is never given to another model.
     *
     * @throws NoSuchModel if no version has this name
     */
    public void delete(String version) throws NoSuchModel {
        discard(version, true);
    }

    /**
     * Takes a version back, whose name is free again, since another store was faster to give it to another model.
     *
     * @throws NoSuchModel if no version has this name
     */
    public void withdraw(String version) throws NoSuchModel {
        discard(version, false);
    }

    private void discard(String version, boolean forGood) throws NoSuchModel {
        Path folder = folders.of(folders.existing(version));
        try {
            Staging.discard(folder);
            if (forGood) {
                reserve(version);
            }
            Staging.sweep(models);
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be deleted", e);
        }
    }

    /**
     * Keeps the name of a version from being given to a model, by a file without content.
     *
     * @throws NoSuchModel if it is no version's name
     */
    public void reserve(String version) throws NoSuchModel {
        Path place = folders.of(named(version));
        try {
            if (!Files.exists(place)) {
                Files.createDirectories(models);
                DurableFiles.write(place, new byte[0]);
                DurableFiles.sync(models);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The name of a deleted model could not be kept", e);
        }
    }

    private static ModelVersion named(String version) throws NoSuchModel {
        return ModelVersion.parse(version).orElseThrow(() -> new NoSuchModel(version));
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
            return pointer.read().flatMap(active -> ModelVersion.parse(active.version())).stream();
        } catch (DamagedModel namesNothing) {
            return Stream.empty();
        }
    }
}
