package dev.blastscope.image;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.tiff.DirectoryTiffHandler;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** The orientation in a block of EXIF, or in a TIFF file, which is one; upright where it cannot be read. */
    static Orientation inExif(byte[] tiff) {
        ExifIFD0Directory directory = new ExifIFD0Directory();
        try {
            new TiffReader().processTiff(new ByteArrayReader(tiff), new OrientationOnly(directory), 0);
            return directory.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
                    ? of(directory.getInt(ExifIFD0Directory.TAG_ORIENTATION))
                    : UPRIGHT;
        } catch (TiffProcessingException | IOException | MetadataException | RuntimeException e) {
            return UPRIGHT;
        }
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

    /** Passes over every other tag: maker notes, previews and profiles are large, hostile at worst, and not needed. */
    private static final class OrientationOnly extends DirectoryTiffHandler {

        private static final int MAX_BYTES = 4;

        OrientationOnly(ExifIFD0Directory directory) {
            super(new Metadata(), null);
            pushDirectory(directory);
        }

        @Override
        public boolean customProcessTag(
                int tagOffset,
                Set<Integer> processedIfdOffsets,
                int tiffHeaderOffset,
                RandomAccessReader reader,
                int tagId,
                int byteCount) {
            return tagId != ExifIFD0Directory.TAG_ORIENTATION || byteCount > MAX_BYTES;
        }

        @Override
        public void setTiffMarker(int marker) {}

        @Override
        public boolean tryEnterSubIfd(int tagId) {
            return false;
        }

        @Override
        public boolean hasFollowerIfd() {
            return false;
        }

        @Override
        public @Nullable Long tryCustomProcessFormat(int tagId, int formatCode, long componentCount) {
            return null;
        }
    }
}
