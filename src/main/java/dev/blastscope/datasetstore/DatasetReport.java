package dev.blastscope.datasetstore;

import dev.blastscope.dataset.Exclusion;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.Inspection;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A stored data set in numbers, kept beside its images.
 *
 * @param name the data set's name in its store
 * @param digest the {@link Inspection#digest()}, which a model that is trained on it repeats
 * @param created when it was stored
 * @param bytes of its images
 * @param images usable images by class
 * @param groups groups of images that belong together, by the class of most of their images
 * @param exactDuplicatePairs pairs of images of the same content
 * @param nearDuplicatePairs pairs of images that look alike
 * @param refused what was sent and not stored, and why
 */
public record DatasetReport(
        String name,
        String digest,
        Instant created,
        long bytes,
        Map<String, Integer> images,
        Map<String, Integer> groups,
        long exactDuplicatePairs,
        long nearDuplicatePairs,
        List<Exclusion> refused) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The report of a data set that is about to be stored. */
    static DatasetReport of(DatasetName name, Inspection inspection, Instant created) throws IOException {
        long bytes = 0;
        for (FingerprintedImage image : inspection.images()) {
            bytes += Files.size(image.image().path());
        }
        return new DatasetReport(
                name.value(),
                inspection.digest(),
                created,
                bytes,
                inspection.imagesByClass(),
                inspection.groupsByClass(),
                inspection.groups().exactDuplicatePairs(),
                inspection.groups().nearDuplicatePairs(),
                inspection.problems());
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException if the JSON is no report
     */
    public static DatasetReport read(byte[] json) {
        try {
            return JSON.readValue(json, DatasetReport.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("report.json is not a data set's report: " + e.getOriginalMessage(), e);
        }
    }

    /** The report as UTF-8 text. */
    public byte[] toJson() {
        return JSON.writeValueAsBytes(this);
    }

    /** Whether both describe one upload, and not only the same name or content. */
    public boolean isOfSameUpload(DatasetReport other) {
        return name.equals(other.name) && digest.equals(other.digest) && created.equals(other.created);
    }
}
