package dev.blastscope.review;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a person must look at an image instead of believing its prediction.
 *
 * @param acceptance the share of unseen smears like those of the training that count as familiar, in [0.5, 1]; at 1
 *     none is refused that is as near as the farthest of them
 * @param coverage the share of new groups of smears whose class is to belong to the prediction set, for each class, in
 *     [0.5, 0.999]
 * @param risk the share of smears that may be decided and wrong, in [0.0001, 1]; at 1 any certainty will do
 */
@Validated
@ConfigurationProperties("blastscope.review")
public record ReviewSettings(
        @DefaultValue("0.98") @DecimalMin("0.5") @DecimalMax("1")
        double acceptance,

        @DefaultValue("0.95") @DecimalMin("0.5") @DecimalMax("0.999")
        double coverage,

        @DefaultValue("0.002") @DecimalMin("0.0001") @DecimalMax("1")
        double risk) {

    /** As it is unless a setting says otherwise. */
    public static final ReviewSettings DEFAULT = new ReviewSettings(0.98, 0.95, 0.002);
}
