package dev.blastscope.image;

/** How the samples of one pixel become its colour. */
interface PixelColour {

    /** The pixel whose samples begin at {@code i}, as 0xRRGGBB. */
    int rgb(int[] samples, int i);
}
