package dev.blastscope.releases;

import java.time.Instant;

/**
 * A running service on the database.
 *
 * @param id another one after each start
 * @param version the version that it serves
 * @param digest that model's
 * @param seen when it last said so, by the database's clock
 */
public record Replica(String id, String version, String digest, Instant seen) {}
