package dev.blastscope.image;

import java.awt.image.Raster;

/** The eight ways in which EXIF says that stored pixels lie, in the order of its values 1 to 8. */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, false, true),
    UPSIDE_DOWN(false, true, true),
    FLIPPED(false, true, false),
    TRANSPOSED(true, false, false),
    ON_ITS_LEFT_SIDE(true, false, true),
    TRANSVERSED(true, true, true),
    ON_ITS_RIGHT_SIDE(true, true, false);

    private final boolean rowsAreColumns;
    private final boolean lastRowFirst;
    private final boolean rowsRunBackwards;

    Orientation(boolean rowsAreColumns, boolean lastRowFirst, boolean rowsRunBackwards) {
        this.rowsAreColumns = rowsAreColumns;
        this.lastRowFirst = lastRowFirst;
        this.rowsRunBackwards = rowsRunBackwards;
    }

    /** The orientation with this EXIF value; upright if there is none such, as viewers do. */
    static Orientation of(int exifValue) {
        return exifValue >= 1 && exifValue <= values().length ? values()[exifValue - 1] : UPRIGHT;
    }

    /** Whether what is stored as width is the upright image's width too. */
    boolean keepsSides() {
        return !rowsAreColumns;
    }

    int width(Raster stored) {
        return rowsAreColumns ? stored.getHeight() : stored.getWidth();
    }

    int height(Raster stored) {
        return rowsAreColumns ? stored.getWidth() : stored.getHeight();
    }

    /** Row {@code y} of the upright image, written to {@code samples}. */
    void row(Raster stored, int y, int[] samples) {
        int line = lastRowFirst ? height(stored) - 1 - y : y;
        if (rowsAreColumns) {
            stored.getPixels(line, 0, 1, stored.getHeight(), samples);
        } else {
            stored.getPixels(0, line, stored.getWidth(), 1, samples);
        }
        if (rowsRunBackwards) {
            reverse(samples, width(stored), stored.getNumBands());
        }
    }

    private static void reverse(int[] samples, int pixels, int bands) {
        for (int left = 0, right = pixels - 1; left < right; left++, right--) {
            for (int band = 0; band < bands; band++) {
                int kept = samples[left * bands + band];
                samples[left * bands + band] = samples[right * bands + band];
                samples[right * bands + band] = kept;
            }
        }
    }
}
