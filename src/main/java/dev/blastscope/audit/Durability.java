package dev.blastscope.audit;

/** How sure it is that an event is on record once it is told so. */
public enum Durability {
    /** It is not recorded. */
    OFF,

    /** It will be within moments; if the process is killed first, the last moments are lost. */
    BUFFERED,

    /**
     * It is committed: with PostgreSQL on the disk, with H2 in the hands of the operating system. It survives the death of
     * the process, and with PostgreSQL that of the machine.
     */
    DURABLE
}
