package dev.blastscope.inference;

import dev.blastscope.batching.BatchingLimits;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The limits of predictions.
 *
 * @param image how large an upload may be
 * @param batching how many images may wait, and how many share a forward pass
 * @param prediction the default deadline, how many images a request or a case may have, and what its probabilities
 *     assume
 */
@Validated
@ConfigurationProperties("blastscope")
public record InferenceSettings(
        @Valid @DefaultValue Image image,
        @Valid @DefaultValue Batching batching,
        @Valid @DefaultValue Prediction prediction) {

    /**
     * How large an upload may be; checked before a pixel is decoded.
     *
     * @param maxBytes maximum size of one encoded image
     * @param maxPixels maximum number of pixels, width times height
     * @param maxSide maximum length of a side in pixels
     * @param minSide minimum length of a side in pixels
     */
    public record Image(
            @DefaultValue("16MB") DataSize maxBytes,

            @DefaultValue("40000000") @Min(1) @Max(400_000_000)
            long maxPixels,

            @DefaultValue("16384") @Min(1) int maxSide,
            @DefaultValue("32") @Min(1) int minSide) {

        public ImageLimits limits() {
            return new ImageLimits(maxBytes.toBytes(), maxPixels, maxSide, minSide);
        }
    }

    /**
     * How many images may wait, and how many share a forward pass.
     *
     * @param queue maximum number of waiting images; one more is refused with status 429
     * @param batch maximum number of images in a forward pass
     * @param longestWait images are also refused with status 429 while those already waiting need longer than this
     */
    public record Batching(
            @DefaultValue("64") @Min(1) int queue,
            @DefaultValue("8") @Min(1) int batch,
            @DefaultValue("750ms") Duration longestWait) {

        BatchingLimits limits() {
            return new BatchingLimits(queue, batch, longestWait);
        }
    }

    /**
     * The default deadline, how many images a request or a case may have, and what its probabilities assume.
     *
     * @param deadline how long a prediction may take unless the request says otherwise
     * @param maxImages maximum number of images in one batch request
     * @param maxFields maximum number of fields of a case
     * @param prevalence the share of malignant smears that the probabilities assume, in [0.0001, 0.9999]; that of the
     *     model where it is not set
     * @param views how many of the eight symmetries of an image a prediction averages: 1, the image alone, or 8, which
     *     takes eight times as long
     */
    public record Prediction(
            @DefaultValue("30s") Duration deadline,
            @DefaultValue("16") @Min(1) int maxImages,
            @DefaultValue("64") @Min(1) @Max(64) int maxFields,

            @DecimalMin("0.0001") @DecimalMax("0.9999") @Nullable
            Double prevalence,

            @DefaultValue("1") int views) {

        public Prediction {
            if (views != 1 && views != SmearImage.SYMMETRIES) {
                throw new IllegalArgumentException("views is " + views + ", but must be 1, the image alone, or "
                        + SmearImage.SYMMETRIES + ", all its symmetries");
            }
        }

        public OptionalDouble assumedPrevalence() {
            return prevalence == null ? OptionalDouble.empty() : OptionalDouble.of(prevalence);
        }
    }
}
