package dev.blastscope.trainingjobs;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a candidate must show before it replaces the active model.
 *
 * @param margin what it may lose at most in sensitivity, in specificity and in four-class accuracy, in [0, 1]; never a loss
 *     whose 95 % interval lies below 0
 * @param marginOf what must keep the margin: the difference as it was measured (estimate), or the lower end of its interval
 *     (interval). The latter proves non-inferiority (Piaggio et al., JAMA 308, 2012) and takes test images of many groups
 * @param sensitivityFloor the sensitivity that it must reach whatever the active model has, in [0, 1]
 * @param calibrationMargin by how much its calibration error may be above the active model's, in [0, 1]
 * @param imagesPerClass of how many test images of each class, at least, a comparison is believed
 */
@Validated
@ConfigurationProperties("blastscope.promotion")
record PromotionSettings(
        @DefaultValue("0.02") @DecimalMin("0") @DecimalMax("1")
        double margin,

        @DefaultValue("ESTIMATE") MarginOf marginOf,

        @DefaultValue("0.95") @DecimalMin("0") @DecimalMax("1")
        double sensitivityFloor,

        @DefaultValue("0.02") @DecimalMin("0") @DecimalMax("1")
        double calibrationMargin,

        @DefaultValue("20") @Min(1) int imagesPerClass) {

    /** What of a difference must keep the margin. */
    enum MarginOf {
        ESTIMATE,
        INTERVAL
    }
}
