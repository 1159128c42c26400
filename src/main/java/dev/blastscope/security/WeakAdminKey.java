package dev.blastscope.security;

/** The admin key of the settings is too short, or cannot be sent in a header. */
final class WeakAdminKey extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WeakAdminKey() {
        super("blastscope.security.admin-key must have 32 to 256 visible ASCII characters and no blanks.");
    }
}
