package dev.blastscope.audit;

import java.util.Optional;

/**
 * What a verification of the chain found.
 *
 * @param intact whether every record is what was written, where it was written
 * @param records how many there are
 * @param erased how many of them had their contents erased, by erasures that are on record
 * @param first the number of the oldest; absent if there is none
 * @param last the number of the newest record that was ever written; 0 if there was none
 * @param head the hash of that record: noted in another place, it proves later that the chain was not computed anew
 * @param firstBad the number of the first record that is missing or not what was written; absent if the chain is intact
 * @param sentence all this in words
 */
public record AuditReport(
        boolean intact,
        long records,
        long erased,
        Optional<Long> first,
        long last,
        String head,
        Optional<Long> firstBad,
        String sentence) {}
