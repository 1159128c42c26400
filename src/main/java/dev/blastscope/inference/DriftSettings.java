package dev.blastscope.inference;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How drift is looked for.
 *
 * @param window answered images, the newest ones, that are compared with the model's test images
 */
@Validated
@ConfigurationProperties("blastscope.drift")
record DriftSettings(
        @DefaultValue("500") @Min(ConfidenceDrift.LEAST) @Max(1_000_000)
        int window) {}
