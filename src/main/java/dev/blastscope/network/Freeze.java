package dev.blastscope.network;

/** Which part of the backbone stays as it is while the heads learn. */
public enum Freeze {
    /** The whole backbone is frozen: only the heads learn, on features that are computed once. */
    BACKBONE(4),
    /** conv1 to layer3 are frozen; layer4 learns together with the heads. */
    LAYER3(3),
    /** Nothing is frozen. */
    NONE(-1);

    private final int lastFrozenLayer;

    Freeze(int lastFrozenLayer) {
        this.lastFrozenLayer = lastFrozenLayer;
    }

    boolean freezesStem() {
        return lastFrozenLayer >= 0;
    }

    /**
     * Whether one of the four layers is frozen.
     *
     * @param layer 1 to 4
     */
    boolean freezesLayer(int layer) {
        return layer <= lastFrozenLayer;
    }

    /** Whether a parameter of the backbone is frozen, by torchvision's name for it. */
    boolean freezes(String parameter) {
        return parameter.startsWith("layer") ? freezesLayer(parameter.charAt("layer".length()) - '0') : freezesStem();
    }
}
