package dev.blastscope.trainingjobs;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a node works off the trainings that admins ask for.
 *
 * @param enabled whether this node trains at all; if not, it takes them in for others
 * @param node its name beside the other nodes; its host's name where it is absent
 * @param poll how often it looks for a training to begin
 * @param heartbeat how often it says that it is alive; one that missed four is thought dead, and another goes on
 * @param attempts how often a training is begun before it is given up, because each of its nodes died
 */
@Validated
@ConfigurationProperties("blastscope.jobs")
record JobSettings(
        @DefaultValue("true") boolean enabled,
        @Nullable String node,
        @DefaultValue("2s") Duration poll,
        @DefaultValue("5s") Duration heartbeat,
        @DefaultValue("3") @Min(1) int attempts) {}
