package dev.blastscope.audit;

/** How safely an event is recorded once the call returns. */
public enum Durability {
    /** It is not recorded. */
    OFF,

    /** It is written within moments; if the process is killed first, the last moments are lost. */
    BUFFERED,

    /**
     * It is committed: with PostgreSQL to the disk, with H2 to the operating system. It survives the death of the
     * process, and with PostgreSQL that of the machine.
     */
    DURABLE
}
