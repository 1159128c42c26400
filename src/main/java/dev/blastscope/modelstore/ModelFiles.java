package dev.blastscope.modelstore;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that make a model, none of them copied.
 *
 * @param backbone the network below the heads, in the safetensors format
 * @param heads the two heads, in the safetensors format
 * @param card the model card, JSON
 * @param quantised the backbone in int8, an ONNX file; if present, the heads were trained on its features and on no
 *     others
 * @param trainedOn the images that the model was trained on, see {@link TrainingImageIndex}; absent in old models
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed on and never compared.
public record ModelFiles(
        byte[] backbone, byte[] heads, byte[] card, Optional<byte[]> quantised, Optional<byte[]> trainedOn) {

    static final String BACKBONE = "backbone.safetensors";
    static final String HEADS = "heads.safetensors";
    static final String CARD = "card.json";
    static final String QUANTISED = "backbone-int8.onnx";
    static final String TRAINED_ON = "trained-on.txt";

    /** What every model has. */
    static final List<String> NAMES = List.of(BACKBONE, HEADS, CARD);

    /** What a model may have besides. */
    static final List<String> OPTIONAL_NAMES = List.of(QUANTISED, TRAINED_ON);

    /** The largest file that is published or read, in bytes: 1 GiB. */
    static final int MAX_SIZE = 1 << 30;

    /** @throws IllegalArgumentException if a file is larger than 1 GiB */
    public ModelFiles {
        if (Stream.of(Stream.of(backbone, heads, card), quantised.stream(), trainedOn.stream())
                .flatMap(files -> files)
                .anyMatch(file -> file.length > MAX_SIZE)) {
            throw new IllegalArgumentException("A file of a model has more than " + MAX_SIZE + " bytes");
        }
    }
}
