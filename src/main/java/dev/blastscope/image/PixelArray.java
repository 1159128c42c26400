package dev.blastscope.image;

/** Rows that are already in one array, 8 bits a sample, row after row. */
final class PixelArray implements PixelRows {

    private final byte[] samples;
    private final int width;
    private final int height;
    private final int bands;

    PixelArray(byte[] samples, int width, int height, int bands) {
        this.samples = samples;
        this.width = width;
        this.height = height;
        this.bands = bands;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public int bands() {
        return bands;
    }

    @Override
    public void read(int y, byte[] row) {
        System.arraycopy(samples, y * width * bands, row, 0, width * bands);
    }
}
