package dev.blastscope.image;

/** An image that is read one row at a time, so that a large one is never held twice. */
interface PixelRows {

    int width();

    int height();

    /** The width of the image in its file, where not all of it is here. */
    default int sourceWidth() {
        return width();
    }

    /** The height of the image in its file, where not all of it is here. */
    default int sourceHeight() {
        return height();
    }

    /** Samples a pixel: 3 for RGB, 1 for grey. */
    int bands();

    /** Writes row {@code y} to the beginning of {@code row}, 8 bits a sample, pixel after pixel. */
    void read(int y, byte[] row);
}
