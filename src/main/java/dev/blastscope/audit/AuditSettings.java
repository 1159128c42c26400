package dev.blastscope.audit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What goes on record, and for how long.
 *
 * @param predictions how predictions are recorded: durable (answered once it is committed), buffered (a moment later; a
 *     killed process loses that moment) or off. Acts of the admin are always durable
 * @param retention how old a record may become before it is deleted; none is where it is absent
 */
@Validated
@ConfigurationProperties("blastscope.audit")
public record AuditSettings(
        @DefaultValue("DURABLE") Durability predictions,
        @DurationMin(minutes = 1) @Nullable Duration retention) {}
