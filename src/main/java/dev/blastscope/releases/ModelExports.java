package dev.blastscope.releases;

import dev.blastscope.home.AtomicFile;
import dev.blastscope.home.HomeFolder;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.DescribedRendition;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.network.onnx.NetworkFile;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.Reviewer;
import dev.blastscope.review.TrackRecord;
import dev.blastscope.safetensors.InvalidWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Models as ONNX files, for other runtimes: each is written once, into a folder that may be deleted at any time.
 *
 * <p>Safe for use by several threads; one file is made at a time, so that its memory is taken once.
 */
@Component
public final class ModelExports {

    private final ModelStore store;
    private final DescribedModels described;
    private final Path folder;

    @Autowired
    ModelExports(ModelStore store, DescribedModels described, HomeFolder home) {
        this(store, described, home.exports());
    }

    /** Exports into a folder, which is made when it is needed. */
    ModelExports(ModelStore store, DescribedModels described, Path folder) {
        this.store = store;
        this.described = described;
        this.folder = folder;
    }

    /**
     * The network of a version with its heads: images to logits.
     *
     * @param version a published version, or the embedded one
     * @param rendition as for {@link DescribedModels#find}
     * @throws NoSuchModel if no version has this name
     * @throws DamagedModel if any of its files is not what was published
     * @throws ReleaseRefused if they do not make a network
     */
    public synchronized Export export(String version, Optional<String> rendition)
            throws NoSuchModel, DamagedModel, ReleaseRefused {
        DescribedRendition card = described.find(version, rendition).rendition();
        Path file = fileOf(card);
        if (!Files.isRegularFile(file)) {
            Rendition stored =
                    Objects.requireNonNull(store.open(version).renditions().get(card.precision()));
            try {
                write(file, NetworkFile.of(stored.files(), card.card()).toBytes(facts(stored, card.card())));
            } catch (InvalidWeights e) {
                throw ReleaseRefused.unusableModel(version, e);
            }
            removeExportsOfDeletedModels();
        }
        return new Export(file, "blastscope-" + version + "-" + card.precision() + ".onnx", card.digest());
    }

    /** What other runtimes must know to use the file. */
    private static Map<String, String> facts(Rendition model, ModelCard card) throws InvalidWeights {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", model.version());
        facts.put("rendition", model.precision().toString());
        facts.put("digest", model.digest());
        facts.put("preprocessing", card.preprocessing());
        Calibration calibration = card.calibration();
        facts.put(
                "malignancy",
                "logits of benign, malignant; P(malignant) = sigmoid((malignant - benign) / temperature + bias);"
                        + " malignant if that is at least the threshold");
        facts.put("malignancy.temperature", Double.toString(calibration.malignancyTemperature()));
        facts.put("malignancy.bias", Double.toString(calibration.malignancyBias()));
        facts.put("malignancy.threshold", Double.toString(calibration.threshold()));
        facts.put("malignancy.prevalence", Double.toString(calibration.prevalence()));
        facts.put(
                "subtype",
                "logits of early_pre_b, pre_b, pro_b, if malignant; divide by the temperature, then softmax");
        facts.put("subtype.temperature", Double.toString(calibration.subtypeTemperature()));
        facts.putAll(new Reviewer(TrackRecord.of(model.files(), card), ReviewSettings.DEFAULT).facts());
        facts.put("intended use", card.intendedUse());
        return facts;
    }

    private void write(Path file, byte[] bytes) {
        try {
            AtomicFile.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot export the model to " + folder + ". Check the disk and the permissions.", e);
        }
    }

    private void removeExportsOfDeletedModels() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.onnx")) {
            Set<Path> kept = store.all().stream()
                    .flatMap(stored -> filesOf(stored.version()))
                    .collect(Collectors.toSet());
            for (Path file : files) {
                if (!kept.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the exports of deleted models in " + folder + ".", e);
        }
    }

    private Stream<Path> filesOf(String version) {
        try {
            return store.card(version).renditions().values().stream().map(this::fileOf);
        } catch (NoSuchModel | DamagedModel e) {
            return Stream.empty();
        }
    }

    private Path fileOf(DescribedRendition card) {
        return folder.resolve(card.digest().replace(':', '-') + ".onnx");
    }

    /**
     * An exported model.
     *
     * @param file the ONNX file
     * @param name what a copy of it is called
     * @param digest that of the version in its precision
     */
    public record Export(Path file, String name, String digest) {}
}
