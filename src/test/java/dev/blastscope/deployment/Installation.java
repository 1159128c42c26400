package dev.blastscope.deployment;

import java.util.Locale;

/** The manifests as they are written, and as kubectl renders each overlay. */
enum Installation {
    WRITTEN,
    CPU,
    GPU,
    MONITORED;

    Manifests manifests() {
        return this == WRITTEN ? Manifests.written() : Manifests.rendered(name().toLowerCase(Locale.ROOT));
    }
}
