package dev.blastscope.image;

/** The eight symmetries of the square, numbered 0 to 7; 0 leaves an image as it is. */
final class Symmetry {

    static final int COUNT = 8;

    private Symmetry() {}

    /** Where the pixel of a square image comes from that a symmetry puts at {@code pixel}, row after row. */
    static int source(int symmetry, int pixel, int side) {
        int x = pixel % side;
        int y = pixel / side;
        int fromX = (symmetry & 1) == 0 ? x : side - 1 - x;
        int fromY = (symmetry & 2) == 0 ? y : side - 1 - y;
        return (symmetry & 4) == 0 ? fromY * side + fromX : fromX * side + fromY;
    }
}
