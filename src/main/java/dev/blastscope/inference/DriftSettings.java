package dev.blastscope.inference;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How drift is measured.
 *
 * @param window number of recent images whose confidence is compared with that on the test images of the model
 * @param perClient whether the ranks of images are also shown for each client, by the name of its key
 */
@Validated
@ConfigurationProperties("blastscope.drift")
record DriftSettings(
        @DefaultValue("500") @Min(ConfidenceDrift.LEAST) @Max(1_000_000)
        int window,

        @DefaultValue("false") boolean perClient) {}
