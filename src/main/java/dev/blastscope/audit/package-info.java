/**
 * Who did what, and what was predicted for which image: records that cannot be changed unnoticed.
 *
 * <p><b>One chain.</b> Each {@link dev.blastscope.audit.AuditRecord} has the hash of the one before it. All replicas on a
 * database append to one chain, whose head is a row that each appending transaction locks. A chain for each node would avoid
 * the lock, but nodes come and go: a whole chain could vanish with its node unnoticed, and there would be no order between two
 * chains. The lock costs little, as each transaction appends all entries that have arrived meanwhile.
 *
 * <p><b>What it shows, and what not.</b> {@link dev.blastscope.audit.AuditVerification} finds a record that was changed,
 * removed, inserted or moved. An attacker with write access to the database could still compute the whole chain anew; against
 * that, keep the hash of the head, which every verification returns, in another place.
 *
 * <p><b>Erasure.</b> The hash of a record covers its contents only by a salted digest. An erasure deletes salt and contents and
 * keeps the digest: the chain is still intact, and the contents can neither be read nor guessed.
 *
 * <p><b>Search.</b> What a search reads is what the hashes cover: time, actor and action are in the hash of the record, the image
 * in the digest of its contents. The prediction id is in the details, which that digest covers, and in a column of its own for
 * its index; a record whose column differs from its details counts as changed.
 */
@NullMarked
package dev.blastscope.audit;

import org.jspecify.annotations.NullMarked;
