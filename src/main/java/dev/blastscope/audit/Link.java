package dev.blastscope.audit;

/** A place in the chain: a record's number and its hash. */
record Link(long sequence, String hash) {

    /** What the first record follows. */
    static final Link GENESIS = new Link(0, "0".repeat(64));
}
