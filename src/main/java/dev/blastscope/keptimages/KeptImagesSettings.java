package dev.blastscope.keptimages;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Whether images are kept, which they are not unless the operator says so.
 *
 * @param keep whether the files posted for prediction are kept, and small pictures of the images that models are
 *     trained on
 * @param retention how long a posted file is kept after it was last posted
 * @param maxSize what all of them may take of the disk; beyond it none is added
 */
@Validated
@ConfigurationProperties("blastscope.images")
record KeptImagesSettings(
        @DefaultValue("false") boolean keep,
        @DefaultValue("90d") @DurationMin(seconds = 1) Duration retention,
        @DefaultValue("2GB") DataSize maxSize) {}
