package dev.blastscope.review;

import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.safetensors.InvalidWeights;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a model is known by: its answers to images that it had not seen, and the images that it learned from.
 *
 * @param own its answers to images that it had not seen
 * @param earlier likewise, of the models that it was adapted from, to other images
 * @param cases the images that it learned from; empty if they are not known
 * @param prevalence that the answers assume, in (0, 1)
 */
public record TrackRecord(List<Row> own, List<Row> earlier, Optional<KnownCases> cases, double prevalence) {

    /**
     * Of the files of a model.
     *
     * @throws InvalidWeights if one of them is not what it should be
     */
    public static TrackRecord of(ModelFiles files, ModelCard card) throws InvalidWeights {
        Optional<KnownCases> cases = files.cases().isPresent()
                ? Optional.of(KnownCases.read(files.cases().get()))
                : Optional.empty();
        try {
            return new TrackRecord(
                    rows(files.outOfFold()),
                    rows(files.earlier()),
                    cases,
                    card.calibration().prevalence());
        } catch (IllegalArgumentException e) {
            throw new InvalidWeights("The out-of-fold answers cannot be used: " + e.getMessage(), e);
        }
    }

    private static List<Row> rows(Optional<byte[]> file) {
        return file.map(OutOfFoldAnswers::read).map(OutOfFoldAnswers::rows).orElse(List.of());
    }

    /** The answers of this model and of those that it was adapted from. */
    public List<Row> answers() {
        return Stream.concat(own.stream(), earlier.stream()).toList();
    }
}
