package dev.blastscope.audit;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is recorded, and for how long.
 *
 * @param predictions how predictions are recorded: durable (committed before the answer), buffered (a moment after the
 *     answer; a killed process loses the last moments) or off. Actions of admins are always durable
 * @param retention maximum age of a record before it is deleted; unset keeps all records
 */
@Validated
@ConfigurationProperties("blastscope.audit")
public record AuditSettings(
        @DefaultValue("DURABLE") Durability predictions,
        @DurationMin(minutes = 1) @Nullable Duration retention) {}
