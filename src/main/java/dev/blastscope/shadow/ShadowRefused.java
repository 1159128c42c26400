package dev.blastscope.shadow;

import dev.blastscope.refusal.Refusal;

/** What cannot be done with a challenger. */
public final class ShadowRefused extends Refusal {

    private static final long serialVersionUID = 1L;

    private ShadowRefused(String code, String message) {
        super(code, message);
    }

    static ShadowRefused active(String version) {
        return new ShadowRefused(
                "shadow-is-active", "Model " + version + " is the active one. Name another one to compare it with.");
    }

    static ShadowRefused none() {
        return new ShadowRefused(
                "no-shadow",
                "No model is compared with the active one. POST to /api/v1/admin/models/{version}/shadow to begin.");
    }
}
