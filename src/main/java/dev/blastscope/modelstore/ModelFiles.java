package dev.blastscope.modelstore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files that make a model in one precision, none of them copied.
 *
 * @param backbone the network below the heads, in the safetensors format
 * @param heads the two heads, in the safetensors format
 * @param card the model card, JSON
 * @param ranges the ends of its activations' ranges, a safetensors file; if present, the backbone computes in int8 with
 *     these, and the heads were trained on its features and on no others
 * @param trainedOn the images that the model was trained on, see {@link TrainingImageIndex}; absent in old models
 * @param outOfFold what its cross-validation answered, see {@link OutOfFoldAnswers}; absent where there was none
 * @param earlier what the models answered that this one was adapted from, likewise; absent where it was not
 * @param cases the images that it knows by their features, a safetensors file; absent in old models
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed on and never compared.
public record ModelFiles(
        byte[] backbone,
        byte[] heads,
        byte[] card,
        Optional<byte[]> ranges,
        Optional<byte[]> trainedOn,
        Optional<byte[]> outOfFold,
        Optional<byte[]> earlier,
        Optional<byte[]> cases) {

    static final String BACKBONE = "backbone.safetensors";
    static final String HEADS = "heads.safetensors";
    static final String CARD = "card.json";
    static final String RANGES = "activation-ranges.safetensors";
    static final String TRAINED_ON = "trained-on.txt";
    static final String OUT_OF_FOLD = "out-of-fold.csv";
    static final String EARLIER = "earlier-answers.csv";
    static final String CASES = "cases.safetensors";

    /** What every model has. */
    static final List<String> NAMES = List.of(BACKBONE, HEADS, CARD);

    /** What is the same in every precision of a version. */
    private static final Set<String> SHARED = Set.of(BACKBONE, TRAINED_ON);

    private static final List<String> ALL =
            List.of(BACKBONE, HEADS, CARD, RANGES, TRAINED_ON, OUT_OF_FOLD, EARLIER, CASES);

    /** The largest file that is published or read, in bytes: 1 GiB. */
    static final int MAX_SIZE = 1 << 30;

    /** @throws IllegalArgumentException if a file is larger than 1 GiB */
    public ModelFiles {
        if (Stream.concat(
                        Stream.of(backbone, heads, card),
                        Stream.of(ranges, trainedOn, outOfFold, earlier, cases).flatMap(Optional::stream))
                .anyMatch(file -> file.length > MAX_SIZE)) {
            throw new IllegalArgumentException("A file of a model has more than " + MAX_SIZE + " bytes");
        }
    }

    /** A model of the files that every model has. */
    public ModelFiles(byte[] backbone, byte[] heads, byte[] card) {
        this(
                backbone,
                heads,
                card,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The name in a version's folder of a file of the model in a precision. */
    static String name(Precision precision, String file) {
        return precision == Precision.FP32 || SHARED.contains(file) ? file : precision + "-" + file;
    }

    /** Every name that a file of the model in a precision may have. */
    static List<String> names(Precision precision) {
        return ALL.stream().map(file -> name(precision, file)).toList();
    }

    /** The files that are there by their names in a version's folder. */
    Map<String, byte[]> byName(Precision precision) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byFile().forEach((file, bytes) -> files.put(name(precision, file), bytes));
        return files;
    }

    private Map<String, byte[]> byFile() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(BACKBONE, backbone);
        files.put(HEADS, heads);
        files.put(CARD, card);
        ranges.ifPresent(file -> files.put(RANGES, file));
        trainedOn.ifPresent(file -> files.put(TRAINED_ON, file));
        outOfFold.ifPresent(file -> files.put(OUT_OF_FOLD, file));
        earlier.ifPresent(file -> files.put(EARLIER, file));
        cases.ifPresent(file -> files.put(CASES, file));
        return files;
    }
}
