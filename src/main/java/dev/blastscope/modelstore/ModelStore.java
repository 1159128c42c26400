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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
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

    /** A store in the given folder, which the first publication creates. */
    public ModelStore(Path models) {
        this(models, Clock.systemUTC());
    }

    ModelStore(Path models, Clock clock) {
        this.models = models;
        this.clock = clock;
        this.folders = new VersionFolders(models);
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
        return publish(version -> Map.of(Precision.FP32, new ModelFiles(backbone, heads, card.apply(version))));
    }

    /**
     * As {@link #publish(byte[], byte[], Function)}, with the optional files, in one precision or two.
     *
     * @param files gives the files of each precision for a version's name; asked again if another process takes that
     *     name, when only the cards may differ
     */
    public ModelVersion publish(Function<String, Map<Precision, ModelFiles>> files) {
        try {
            Staging.sweep(models);
            try (Staging staging = Staging.in(models)) {
                Set<String> written = new HashSet<>();
                while (true) {
                    ModelVersion version = nextFree();
                    Map<String, byte[]> ofVersion = new TreeMap<>();
                    files.apply(version.toString())
                            .forEach((precision, some) -> ofVersion.putAll(some.byName(precision)));
                    for (Map.Entry<String, byte[]> file : ofVersion.entrySet()) {
                        if (written.add(file.getKey()) || file.getKey().endsWith(ModelFiles.CARD)) {
                            staging.write(file.getKey(), file.getValue());
                        }
                    }
                    staging.write(Checksums.FILE, Checksums.of(ofVersion).toBytes());
                    if (staging.publishAs(version.toString())) {
                        return version;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot publish the model", e);
        }
    }

    /** Every published version, newest first. */
    public List<StoredVersion> versions() {
        try {
            return folders.versions().stream()
                    .sorted(Comparator.reverseOrder())
                    .map(version -> new StoredVersion(version.toString(), folders.isComplete(version)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the models", e);
        }
    }

    /** Every version that can be opened by its name: the published ones, newest first, then the embedded one. */
    public List<StoredVersion> all() {
        return Stream.concat(versions().stream(), Stream.of(new StoredVersion(EmbeddedModel.VERSION, true)))
                .toList();
    }

    /** Whether there is a version of this name to be opened. */
    public boolean has(String version) {
        return all().stream().anyMatch(stored -> stored.version().equals(version));
    }

    /**
     * Reads a version, published or embedded, and verifies every byte of it.
     *
     * @throws NoSuchModel if no version has this name
     * @throws DamagedModel if any of its files is not what was published
     */
    public StoredModel open(String version) throws NoSuchModel, DamagedModel {
        return EmbeddedModel.isEmbedded(version) ? EmbeddedModel.open() : ModelReader.read(published(version));
    }

    /**
     * Reads what the cross-validation of a version answered in a precision, and verifies it; empty where there was
     * none.
     *
     * @throws NoSuchModel if no version has this name
     * @throws DamagedModel if the file or the checksums are not what was published
     */
    public Optional<OutOfFoldAnswers> outOfFold(String version, Precision precision) throws NoSuchModel, DamagedModel {
        return EmbeddedModel.isEmbedded(version)
                ? EmbeddedModel.outOfFold(precision)
                : ModelReader.readOutOfFold(published(version), precision);
    }

    /**
     * Reads the card of a version, published or embedded, and verifies it; the weights are not read.
     *
     * @throws NoSuchModel if no version has this name
     * @throws DamagedModel if the card or the checksums are not what was published
     */
    public StoredCard card(String version) throws NoSuchModel, DamagedModel {
        return EmbeddedModel.isEmbedded(version) ? EmbeddedModel.card() : ModelReader.readCard(published(version));
    }

    /**
     * The active published version, which may have been deleted or damaged since; empty while the embedded one is
     * active.
     *
     * @throws DamagedModel if the pointer to it is unreadable
     */
    public Optional<String> active() throws DamagedModel {
        return pointer().map(ActivePointer::version).filter(version -> !EmbeddedModel.isEmbedded(version));
    }

    /**
     * What the pointer to the active version says; empty before the first activation.
     *
     * @throws DamagedModel if it is unreadable
     */
    public Optional<ActivePointer> pointer() throws DamagedModel {
        try {
            return ActivePointer.read(models);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the pointer to the active model", e);
        }
    }

    /** Verifies a version as {@link #open} does and makes it the active one; a call that fails changes nothing. */
    public void activate(String version) throws NoSuchModel, DamagedModel {
        open(version);
        point(new ActivePointer(version, OptionalLong.empty()));
    }

    /**
     * Moves the pointer without verifying the version, for callers that have opened it already or follow an activation.
     */
    public void point(ActivePointer pointer) {
        try {
            pointer.write(models);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot activate the model", e);
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
        return ModelReader.contents(published(version));
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
        ModelSource source = new ModelSource.Received(name, contents);
        Map<String, byte[]> verified = ModelReader.contents(source);
        if (!ModelReader.read(source).digest().equals(digest)) {
            throw new DamagedModel(
                    "Model " + name + " was received with another digest than it was published with. "
                            + source.remedy(),
                    null);
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
            throw new UncheckedIOException("Cannot receive the model", e);
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
     * Withdraws a version, whose name is free again, because another store gave it to a different model first.
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
            throw new UncheckedIOException("Cannot delete the model", e);
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
            throw new UncheckedIOException("Cannot reserve the name of a deleted model", e);
        }
    }

    private ModelSource published(String version) throws NoSuchModel {
        return new ModelSource.Folder(folders.of(folders.existing(version)));
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

    /** Counts as taken even if its folder was deleted: a new model of that name would be active at once. */
    private Stream<ModelVersion> activeName() throws IOException {
        try {
            return ActivePointer.read(models).flatMap(active -> ModelVersion.parse(active.version())).stream();
        } catch (DamagedModel namesNothing) {
            return Stream.empty();
        }
    }

    /**
     * A model whose every byte matched its checksum when it was read.
     *
     * @param version the name it was published under, or {@link EmbeddedModel#VERSION}
     * @param digest {@code sha256:} and the SHA-256 of the model's checksum file, which stands for all of its files
     * @param renditions what it is in each precision; there is always one in fp32
     */
    public record StoredModel(String version, String digest, Map<Precision, Rendition> renditions) {

        public StoredModel {
            renditions = Map.copyOf(renditions);
        }

        /** The rendition in fp32, which every model has. */
        public Rendition fp32() {
            return Objects.requireNonNull(renditions.get(Precision.FP32));
        }

        /** The bytes that were verified, of the rendition in fp32. */
        public ModelFiles files() {
            return fp32().files();
        }
    }

    /**
     * A model in one precision: the heads that know the features of the backbone in these numbers, and how they did.
     *
     * @param version the model's, as in {@link StoredModel}
     * @param digest {@code sha256:} and the SHA-256 of those lines of the checksum file that are about its files; the
     *     model's own if there is no other rendition
     * @param files the bytes that were verified
     */
    public record Rendition(String version, Precision precision, String digest, ModelFiles files) {}

    /**
     * What is known of a rendition without reading its weights.
     *
     * @param digest as in {@link Rendition}
     */
    public record DescribedRendition(Precision precision, String digest, ModelCard card) {}

    /**
     * A model's cards, which matched their checksums; the weights beside them were not read.
     *
     * @param version the name that the model was published under, or {@link EmbeddedModel#VERSION}
     * @param digest the model's, as in {@link StoredModel}
     * @param renditions what it is in each precision; there is always one in fp32
     */
    public record StoredCard(String version, String digest, Map<Precision, DescribedRendition> renditions) {

        public StoredCard {
            renditions = Map.copyOf(renditions);
        }

        /** The card of the rendition in fp32. */
        public ModelCard card() {
            return Objects.requireNonNull(renditions.get(Precision.FP32)).card();
        }
    }

    /**
     * A version as a listing shows it.
     *
     * @param version the name that the model was published under, or {@link EmbeddedModel#VERSION}
     * @param complete whether all of its files are there; only {@link ModelStore#open} compares their checksums
     */
    public record StoredVersion(String version, boolean complete) {}
}
