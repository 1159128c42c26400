package dev.blastscope.image;

/** ITU-R 601 luma as Pillow's {@code convert("L")} computes it. */
final class Luma {

    private Luma() {}

    /** The luma of each pixel of RGB samples, in 0..255. */
    static int[] of(byte[] rgb) {
        int[] luma = new int[rgb.length / 3];
        for (int i = 0; i < luma.length; i++) {
            int red = rgb[3 * i] & 0xFF;
            int green = rgb[3 * i + 1] & 0xFF;
            int blue = rgb[3 * i + 2] & 0xFF;
            luma[i] = (19_595 * red + 38_470 * green + 7_471 * blue + 0x8000) >> 16;
        }
        return luma;
    }
}
