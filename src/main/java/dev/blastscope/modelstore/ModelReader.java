package dev.blastscope.modelstore;

import dev.blastscope.modelstore.DamagedModel.FileDamage;
import dev.blastscope.modelstore.ModelStore.DescribedRendition;
import dev.blastscope.modelstore.ModelStore.Rendition;
import dev.blastscope.modelstore.ModelStore.StoredCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;

/** Reads a whole model, and returns nothing of it unless every file matches its checksum. */
final class ModelReader {

    private static final int MAX_CHECKSUMS = 4096;

    private final ModelSource source;

    private ModelReader(ModelSource source) {
        this.source = source;
    }

    static StoredModel read(ModelSource source) throws DamagedModel {
        try {
            return new ModelReader(source).read();
        } catch (FileDamage damage) {
            throw new DamagedModel(source, damage);
        }
    }

    /** Reads the bytes of every file by its name, the checksums included. */
    static Map<String, byte[]> contents(ModelSource source) throws DamagedModel {
        try {
            return new ModelReader(source).contents();
        } catch (FileDamage damage) {
            throw new DamagedModel(source, damage);
        }
    }

    /** Reads the card alone, which is quick. */
    static StoredCard readCard(ModelSource source) throws DamagedModel {
        try {
            return new ModelReader(source).readCard();
        } catch (FileDamage damage) {
            throw new DamagedModel(source, damage);
        }
    }

    /** Reads what the cross-validation answered alone, which is quick; empty where there was none. */
    static Optional<OutOfFoldAnswers> readOutOfFold(ModelSource source, Precision precision) throws DamagedModel {
        try {
            return new ModelReader(source).readOutOfFold(precision);
        } catch (FileDamage damage) {
            throw new DamagedModel(source, damage);
        }
    }

    private Optional<OutOfFoldAnswers> readOutOfFold(Precision precision) throws FileDamage {
        String name = ModelFiles.name(precision, ModelFiles.OUT_OF_FOLD);
        Optional<byte[]> file = optional(name, Checksums.parse(bytes(Checksums.FILE, MAX_CHECKSUMS)));
        try {
            return file.map(OutOfFoldAnswers::read);
        } catch (IllegalArgumentException e) {
            throw new FileDamage(name, "is no table of answers");
        }
    }

    private StoredCard readCard() throws FileDamage {
        byte[] list = bytes(Checksums.FILE, MAX_CHECKSUMS);
        Checksums checksums = Checksums.parse(list);
        Map<Precision, DescribedRendition> renditions = new EnumMap<>(Precision.class);
        for (Precision precision : checksums.precisions()) {
            renditions.put(precision, describe(precision, checksums));
        }
        return new StoredCard(source.version(), digest(list), renditions);
    }

    private DescribedRendition describe(Precision precision, Checksums checksums) throws FileDamage {
        String name = ModelFiles.name(precision, ModelFiles.CARD);
        byte[] card = verified(name, checksums);
        try {
            return new DescribedRendition(precision, checksums.digest(precision), ModelCard.read(card));
        } catch (IllegalArgumentException e) {
            throw new FileDamage(name, "is not a model card");
        }
    }

    private static String digest(byte[] checksums) {
        return "sha256:" + DigestUtils.sha256Hex(checksums);
    }

    private StoredModel read() throws FileDamage {
        byte[] list = bytes(Checksums.FILE, MAX_CHECKSUMS);
        Checksums checksums = Checksums.parse(list);
        byte[] backbone = verified(ModelFiles.BACKBONE, checksums);
        Optional<byte[]> trainedOn = optional(ModelFiles.TRAINED_ON, checksums);
        Map<Precision, Rendition> renditions = new EnumMap<>(Precision.class);
        for (Precision precision : checksums.precisions()) {
            UnaryOperator<String> name = file -> ModelFiles.name(precision, file);
            ModelFiles files = new ModelFiles(
                    backbone,
                    verified(name.apply(ModelFiles.HEADS), checksums),
                    verified(name.apply(ModelFiles.CARD), checksums),
                    optional(name.apply(ModelFiles.RANGES), checksums),
                    trainedOn,
                    optional(name.apply(ModelFiles.OUT_OF_FOLD), checksums),
                    optional(name.apply(ModelFiles.EARLIER), checksums),
                    optional(name.apply(ModelFiles.CASES), checksums));
            renditions.put(precision, new Rendition(source.version(), precision, checksums.digest(precision), files));
        }
        return new StoredModel(source.version(), digest(list), renditions);
    }

    private Map<String, byte[]> contents() throws FileDamage {
        byte[] list = bytes(Checksums.FILE, MAX_CHECKSUMS);
        Checksums checksums = Checksums.parse(list);
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String name : checksums.names()) {
            contents.put(name, verified(name, checksums));
        }
        contents.put(Checksums.FILE, list);
        return contents;
    }

    private Optional<byte[]> optional(String name, Checksums checksums) throws FileDamage {
        return checksums.lists(name) ? Optional.of(verified(name, checksums)) : Optional.empty();
    }

    private byte[] verified(String name, Checksums checksums) throws FileDamage {
        byte[] bytes = bytes(name, ModelFiles.MAX_SIZE);
        checksums.verify(name, bytes);
        return bytes;
    }

    private byte[] bytes(String name, int limit) throws FileDamage {
        try {
            OptionalLong size = source.size(name);
            if (size.isEmpty()) {
                throw new FileDamage(name, "is missing");
            }
            if (size.getAsLong() > limit) {
                throw new FileDamage(name, "has %d bytes; at most %d are read".formatted(size.getAsLong(), limit));
            }
            try (InputStream in = source.open(name)) {
                return in.readNBytes((int) size.getAsLong());
            }
        } catch (IOException e) {
            throw new FileDamage(name, e);
        }
    }
}
