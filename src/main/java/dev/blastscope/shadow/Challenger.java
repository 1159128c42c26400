package dev.blastscope.shadow;

import java.time.Instant;

/**
 * A model that is compared with the active one.
 *
 * @param version a published version, or the embedded one
 * @param digest its digest
 * @param since when it became the challenger, to the microsecond
 * @param actor who made it that
 * @param why the reason in words
 */
public record Challenger(String version, String digest, Instant since, String actor, String why) {}
