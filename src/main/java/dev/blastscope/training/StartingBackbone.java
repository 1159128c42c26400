package dev.blastscope.training;

import dev.blastscope.modelstore.ModelCard.BackboneOrigin;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.safetensors.InvalidWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The backbone that a training starts from.
 *
 * @param file the safetensors file, as it was found; a model whose backbone stays frozen keeps it unchanged
 * @param weights what is in it, checked
 * @param origin its name and digest, and its own card where it has one
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed on and never compared.
public record StartingBackbone(byte[] file, BackboneWeights weights, BackboneOrigin origin) {

    /** Anything larger is no ResNet-50, which has 100 MB in F32. */
    private static final long MAX_SIZE = 1L << 29;

    /** The backbone that the program is shipped with. */
    public static StartingBackbone embedded() {
        try (InputStream file = resource("backbone.safetensors");
                InputStream card = resource("backbone-card.json")) {
            Map<String, Object> facts = JsonMapper.shared().readValue(card, new TypeReference<>() {});
            return of(file.readAllBytes(), String.valueOf(facts.get("name")), Optional.of(facts));
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded backbone cannot be read", e);
        } catch (InvalidWeights e) {
            throw new IllegalStateException("The embedded backbone is damaged", e);
        }
    }

    /**
     * Any ResNet-50 in torchvision's layout.
     *
     * @throws InvalidWeights if the file is damaged or holds another network; the message names the tensor
     */
    public static StartingBackbone read(Path path) throws InvalidWeights {
        try {
            if (!Files.isRegularFile(path)) {
                throw new InvalidWeights("It is not a file. Name a safetensors file.");
            }
            if (Files.size(path) > MAX_SIZE) {
                throw new InvalidWeights("It has " + Files.size(path) + " bytes, more than any ResNet-50.");
            }
            return of(Files.readAllBytes(path), "ResNet-50 of the user's own", Optional.empty());
        } catch (InvalidWeights e) {
            throw new InvalidWeights("The backbone " + path + " is refused. " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InvalidWeights("The backbone " + path + " cannot be read. Check that the file may be read.", e);
        }
    }

    /** The backbone of a model. */
    static StartingBackbone of(byte[] file, String name) throws InvalidWeights {
        return of(file, name, Optional.empty());
    }

    private static StartingBackbone of(byte[] file, String name, Optional<Map<String, Object>> card)
            throws InvalidWeights {
        return new StartingBackbone(
                file,
                BackboneWeights.read(file),
                new BackboneOrigin(name, "sha256:" + DigestUtils.sha256Hex(file), card));
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = StartingBackbone.class.getResourceAsStream("/model/" + name);
        if (stream == null) {
            throw new IOException("There is no resource /model/" + name);
        }
        return stream;
    }
}
