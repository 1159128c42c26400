package dev.blastscope.releases;

import java.time.Instant;
import java.util.Optional;

/**
 * A version was let answer.
 *
 * @param id its number, from 1
 * @param version a published version or the embedded one
 * @param digest that model's
 * @param time when it was recorded, by the clock of the node that did it
 * @param actor who did it
 * @param why in words
 * @param previous the number of the activation that a rollback goes back to; empty if only the embedded model lies below
 */
public record Activation(
        long id, String version, String digest, Instant time, String actor, String why, Optional<Long> previous) {}
