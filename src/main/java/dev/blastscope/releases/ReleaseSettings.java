package dev.blastscope.releases;

import dev.blastscope.database.Sharing;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How replicas follow releases, and which models they keep.
 *
 * @param poll how often a replica asks the database which version is active
 * @param keep how many versions to keep besides the active one, the newest; 0 keeps all. The version that a rollback
 *     goes back to is kept in any case
 * @param sharing how published models reach other replicas: database, none, or auto (database, unless that is the
 *     embedded H2, which only one service uses)
 */
@Validated
@ConfigurationProperties("blastscope.releases")
record ReleaseSettings(
        @DefaultValue("1s") @DurationMin(millis = 50) Duration poll,
        @DefaultValue("10") @Min(0) int keep,
        @DefaultValue("auto") Sharing sharing) {}
