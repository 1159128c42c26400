package dev.blastscope.security;

/** Whether an address answers everybody, or only callers with a key or token. */
enum Access {
    OPEN,
    CLOSED
}
