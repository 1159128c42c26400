package dev.blastscope.inference.overlay;

/**
 * Colours for evidence from -1, through none at 0, to 1: blue, white, orange, each darker the stronger it is.
 * Colour-blind people tell them apart, and the strength shows in print without colours too.
 *
 * <p>The blues of ColorBrewer's RdBu and the oranges of its PuOr (Harrower and Brewer 2003, The Cartographic Journal
 * 40), both among those that it lists as safe for the colour-blind.
 */
final class EvidenceColours {

    private static final int[] COLOURS = {
        0x053061, 0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFEE0B6, 0xFDB863, 0xE08214, 0xB35806, 0x7F3B08
    };

    private static final int NONE = COLOURS.length / 2;

    /** How much of the smear the strongest evidence covers. */
    private static final double OPACITY = 0.75;

    private EvidenceColours() {}

    /** The colour of evidence in [-1, 1], 0xRRGGBB. */
    static int of(double evidence) {
        double place = NONE + NONE * Math.max(-1, Math.min(1, evidence));
        int lower = Math.min((int) place, COLOURS.length - 2);
        return mixed(COLOURS[lower], COLOURS[lower + 1], place - lower);
    }

    /** A pixel of the smear in grey, so that all colour is evidence, below the colour of the evidence. */
    static int over(int smear, double evidence) {
        return mixed(grey(smear), of(evidence), OPACITY * Math.sqrt(Math.min(1, Math.abs(evidence))));
    }

    /** By ITU-R 601. */
    static int grey(int rgb) {
        int level = (299 * (rgb >> 16 & 0xFF) + 587 * (rgb >> 8 & 0xFF) + 114 * (rgb & 0xFF) + 500) / 1000;
        return level << 16 | level << 8 | level;
    }

    private static int mixed(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = from >> shift & 0xFF;
            mixed |= (int) Math.round(low + share * ((to >> shift & 0xFF) - low)) << shift;
        }
        return mixed;
    }
}
