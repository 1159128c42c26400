package dev.blastscope.releases;

import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * The record that a version became active.
 *
 * <p>Activations form a stack: each is put on top of the one that was current, and names it as its previous one. A
 * rollback is a new activation of an earlier version that names what lay below that one. So consecutive rollbacks go
 * down the stack, and an activation after a rollback is put on top of what the rollback uncovered.
 *
 * @param id its number, from 1
 * @param version a published version or the embedded one
 * @param digest that model's
 * @param time when it was recorded, by the clock of the node that did it
 * @param actor who did it
 * @param why the reason, in words
 * @param previous the number of the activation that a rollback goes back to; empty if only the embedded model lies
 *     below
 */
public record Activation(
        long id, String version, String digest, Instant time, String actor, String why, Optional<Long> previous) {

    /**
     * What a rollback from here goes back to: the nearest activation below of another version that still exists.
     *
     * @param find finds an activation by its number
     * @param exists whether a version still exists
     */
    Optional<Activation> rollbackTarget(LongFunction<Optional<Activation>> find, Predicate<String> exists) {
        Optional<Activation> below = previous.flatMap(find::apply);
        while (below.filter(found -> found.version().equals(version) || !exists.test(found.version()))
                .isPresent()) {
            below = below.flatMap(Activation::previous).flatMap(find::apply);
        }
        return below;
    }
}
