package dev.blastscope.inference;

import dev.blastscope.batching.BatchingLimits;
import dev.blastscope.image.ImageLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What a prediction may cost.
 *
 * @param image how large an upload may be
 * @param batching how many images may wait, and how many share a forward pass
 * @param prediction how long a caller waits, and how many images one request may bring
 */
@Validated
@ConfigurationProperties("blastscope")
public record InferenceSettings(
        @Valid @DefaultValue Image image,
        @Valid @DefaultValue Batching batching,
        @Valid @DefaultValue Prediction prediction) {

    /**
     * How large an upload may be, known before a pixel is decoded.
     *
     * @param maxBytes most bytes of one encoded image
     * @param maxPixels most pixels, width times height
     * @param maxSide longest side in pixels
     * @param minSide shortest side in pixels
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
     * @param queue images that may wait; one more is refused with status 429
     * @param batch images in a forward pass at most
     * @param longestWait images are refused likewise while those that wait already need longer than this
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
     * How long a caller waits, and how many images one request may bring.
     *
     * @param deadline how long a prediction may take where the request does not say
     * @param maxImages images in one batch request
     */
    public record Prediction(
            @DefaultValue("30s") Duration deadline,
            @DefaultValue("16") @Min(1) int maxImages) {}
}
