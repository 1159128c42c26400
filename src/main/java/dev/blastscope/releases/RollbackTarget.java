package dev.blastscope.releases;

import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Finds what a rollback goes back to.
 *
 * <p>Activations lie on each other like plates: an activation is put on top of the present one, and names it as its previous
 * one. A rollback from it is a new activation of that version which names what lay below that. So rollbacks after each other
 * go down the pile, and an activation after a rollback is put on top of what the rollback uncovered.
 */
final class RollbackTarget {

    private RollbackTarget() {}

    /** The nearest activation below that is of another version, and of one that is still there. */
    static Optional<Activation> than(
            Activation present, LongFunction<Optional<Activation>> find, Predicate<String> isThere) {
        Optional<Activation> below = present.previous().flatMap(find::apply);
        while (below.filter(found -> found.version().equals(present.version()) || !isThere.test(found.version()))
                .isPresent()) {
            below = below.flatMap(Activation::previous).flatMap(find::apply);
        }
        return below;
    }
}
