package dev.blastscope.releases;

import dev.blastscope.home.AtomicFile;
import dev.blastscope.home.HomeFolder;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.StoredCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final Path folder;

    @Autowired
    ModelExports(ModelStore store, HomeFolder home) {
        this(store, home.exports());
    }

    /** Exports into a folder, which is made when it is needed. */
    ModelExports(ModelStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /**
     * The network of a version with its heads: images to logits, in the precision that it was trained for.
     *
     * @param version a published version, or the embedded one
     * @throws NoSuchModel if no version has this name
     * @throws DamagedModel if any of its files is not what was published
     * @throws ReleaseRefused if they do not make a network
     */
    public synchronized Export export(String version) throws NoSuchModel, DamagedModel, ReleaseRefused {
        StoredCard card = store.card(version);
        Path file = fileOf(card);
        if (!Files.isRegularFile(file)) {
            StoredModel stored = store.open(version);
            try {
                write(file, NetworkFile.of(stored.files(), card.card()).toBytes(facts(stored, card)));
            } catch (InvalidWeights e) {
                throw ReleaseRefused.unusableModel(version, e);
            }
            removeExportsOfDeletedModels();
        }
        String precision =
                card.card().engine().map(ModelCard.FeatureEngine::precision).orElse("fp32");
        return new Export(file, "blastscope-" + version + "-" + precision + ".onnx", card.digest());
    }

    /** What other runtimes must know to use the file. */
    private static Map<String, String> facts(StoredModel model, StoredCard stored) throws InvalidWeights {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", stored.version());
        facts.put("digest", stored.digest());
        facts.put("preprocessing", stored.card().preprocessing());
        Calibration calibration = stored.card().calibration();
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
        facts.putAll(new Reviewer(TrackRecord.of(model.files(), stored.card()), ReviewSettings.DEFAULT).facts());
        facts.put("intended use", stored.card().intendedUse());
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
                    .flatMap(stored -> fileOf(stored.version()).stream())
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

    private Optional<Path> fileOf(String version) {
        try {
            return Optional.of(fileOf(store.card(version)));
        } catch (NoSuchModel | DamagedModel e) {
            return Optional.empty();
        }
    }

    private Path fileOf(StoredCard card) {
        return folder.resolve(card.digest().replace(':', '-') + ".onnx");
    }

    /**
     * An exported model.
     *
     * @param file the ONNX file
     * @param name what a copy of it is called
     * @param digest the model's
     */
    public record Export(Path file, String name, String digest) {}
}
