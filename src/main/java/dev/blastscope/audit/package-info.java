/**
 * Who did what, and what was decided on which image: records that nobody can change unnoticed.
 *
 * <p><b>One chain.</b> Each {@link dev.blastscope.audit.AuditRecord} holds the hash of the one before it. All replicas on a
 * database append to one chain, whose head is a row that each appending transaction locks. A chain for each node would
 * spare the lock, but nodes come and go: a whole chain could vanish with its node unnoticed, and no order would hold between
 * two. The lock costs little, as each transaction appends all that has gathered meanwhile.
 *
 * <p><b>What it shows, and what not.</b> {@link dev.blastscope.audit.AuditVerification} finds a record that was changed,
 * removed, inserted or moved. Whoever may write to the database could still compute the whole chain anew; against that,
 * keep the head's hash, which every verification tells, in another place.
 *
 * <p><b>Erasure.</b> A record's hash covers its contents by a salted digest alone. Erasing deletes salt and contents and
 * keeps the digest: the chain still holds, and what was there can neither be read nor guessed.
 */
@NullMarked
package dev.blastscope.audit;

import org.jspecify.annotations.NullMarked;
