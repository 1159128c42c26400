package dev.blastscope.image;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.tiff.DirectoryTiffHandler;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the one tag of EXIF that changes what is seen. */
final class Exif {

    private Exif() {}

    /** The orientation in a block of EXIF, or in a TIFF file, which is one; upright where it cannot be read. */
    static Orientation orientation(byte[] tiff) {
        ExifIFD0Directory directory = new ExifIFD0Directory();
        try {
            new TiffReader().processTiff(new ByteArrayReader(tiff), new OrientationOnly(directory), 0);
            return directory.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
                    ? Orientation.of(directory.getInt(ExifIFD0Directory.TAG_ORIENTATION))
                    : Orientation.UPRIGHT;
        } catch (TiffProcessingException | IOException | MetadataException | RuntimeException e) {
            return Orientation.UPRIGHT;
        }
    }

    /** Passes over every other tag: maker notes, previews and profiles are large, hostile at worst, and not needed. */
    private static final class OrientationOnly extends DirectoryTiffHandler {

        private static final int MOST_BYTES = 4;

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
            return tagId != ExifIFD0Directory.TAG_ORIENTATION || byteCount > MOST_BYTES;
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
