package dev.blastscope.image;

/** What the first samples of a pixel mean, and how they become RGB; every sample is in 0..255. */
enum Colours implements RasterRows.PixelColour {
    GREY(1) {
        @Override
        public int rgb(int[] s, int i) {
            return pack(s[i], s[i], s[i]);
        }
    },
    RGB(3) {
        @Override
        public int rgb(int[] s, int i) {
            return pack(s[i], s[i + 1], s[i + 2]);
        }
    },
    /** JPEG's own, converted in libjpeg's fixed point ({@code jdcolor.c}). */
    YCBCR(3) {
        @Override
        public int rgb(int[] s, int i) {
            int y = s[i];
            int cb = s[i + 1] - 128;
            int cr = s[i + 2] - 128;
            int red = y + ((91_881 * cr + HALF) >> 16);
            int green = y + ((-22_554 * cb - 46_802 * cr + HALF) >> 16);
            int blue = y + ((116_130 * cb + HALF) >> 16);
            return pack(clip(red), clip(green), clip(blue));
        }
    },
    /** Ink on white paper, converted as Pillow does: without a profile. */
    CMYK(4) {
        @Override
        public int rgb(int[] s, int i) {
            return onPaper(s[i], s[i + 1], s[i + 2], 255 - s[i + 3]);
        }
    },
    /** CMYK as Adobe writes it into JPEG: 255 is no ink. */
    INVERTED_CMYK(4) {
        @Override
        public int rgb(int[] s, int i) {
            return onPaper(255 - s[i], 255 - s[i + 1], 255 - s[i + 2], s[i + 3]);
        }
    },
    /** The same, with the three inks written as {@link #YCBCR}. */
    INVERTED_YCCK(4) {
        @Override
        public int rgb(int[] s, int i) {
            int ink = YCBCR.rgb(s, i);
            return onPaper(ink >> 16 & 0xFF, ink >> 8 & 0xFF, ink & 0xFF, s[i + 3]);
        }
    };

    private static final int HALF = 1 << 15;

    private final int bands;

    Colours(int bands) {
        this.bands = bands;
    }

    /** Samples per pixel, without alpha. */
    int bands() {
        return bands;
    }

    private static int onPaper(int cyan, int magenta, int yellow, int light) {
        return pack(
                clip(light - divideBy255(cyan * light)),
                clip(light - divideBy255(magenta * light)),
                clip(light - divideBy255(yellow * light)));
    }

    /** A product of two samples brought back to a sample, rounded. */
    static int divideBy255(int product) {
        int rounded = product + 128;
        return ((rounded >> 8) + rounded) >> 8;
    }

    static int pack(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    static int clip(int sample) {
        return Math.max(0, Math.min(255, sample));
    }
}
