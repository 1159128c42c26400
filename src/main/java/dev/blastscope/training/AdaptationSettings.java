package dev.blastscope.training;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the active model is adapted to a few images of a site.
 *
 * @param images most images that an adaptation takes; more are worth a training
 * @param epochs passes over the local training images
 * @param batch images in a step
 * @param learningRate Adam's
 * @param anchor how strongly the heads are held where they were: the L2-SP weight
 */
@Validated
@ConfigurationProperties("blastscope.adaptation")
public record AdaptationSettings(
        @DefaultValue("100") @Min(8) int images,
        @DefaultValue("30") @Min(1) int epochs,
        @DefaultValue("16") @Min(2) int batch,
        @DefaultValue("0.0001") @Positive float learningRate,
        @DefaultValue("0.01") @PositiveOrZero float anchor) {}
