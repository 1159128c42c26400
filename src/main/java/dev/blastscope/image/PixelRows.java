package dev.blastscope.image;

/** An image that is read one row at a time, so that a large one is never held twice. */
interface PixelRows {

    int width();

    int height();

    /** The width of the image in its file, where not all of it was decoded. */
    default int sourceWidth() {
        return width();
    }

    /** The height of the image in its file, where not all of it was decoded. */
    default int sourceHeight() {
        return height();
    }

    /** Samples per pixel: 3 for RGB, 1 for grey. */
    int bands();

    /** Writes row {@code y} to the beginning of {@code row}, 8 bits per sample, pixel after pixel. */
    void read(int y, byte[] row);

    /** Rows that are already in one array, row after row. */
    @SuppressWarnings("ArrayRecordComponent") // Read and never compared.
    record InMemory(byte[] samples, int width, int height, int bands) implements PixelRows {

        @Override
        public void read(int y, byte[] row) {
            System.arraycopy(samples, y * width * bands, row, 0, width * bands);
        }
    }
}
