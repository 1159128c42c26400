package dev.blastscope.image;

/** The second byte of the markers that begin a JPEG file's segments (ITU-T T.81, table B.1). */
final class JpegMarker {

    static final int SOF2 = 0xC2;
    static final int EOI = 0xD9;
    static final int SOS = 0xDA;
    static final int APP0 = 0xE0;
    static final int APP1 = 0xE1;
    static final int APP14 = 0xEE;

    private static final int TEM = 0x01;
    private static final int SOF0 = 0xC0;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int SOF15 = 0xCF;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;
    private static final int SOI = 0xD8;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;

    private JpegMarker() {}

    /** Whether the marker has no length and no content. */
    static boolean standsAlone(int marker) {
        return marker == SOI || marker == TEM || isRestart(marker);
    }

    /** Whether the segment says something about the image, but holds none of it. */
    static boolean describes(int marker) {
        return marker == COM || (marker >= APP0 && marker <= APP15);
    }

    static boolean beginsFrame(int marker) {
        return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
    }

    /** Whether the byte after an 0xFF leaves it inside a scan: a stuffed zero, a fill byte, a restart. */
    static boolean belongsToScan(int marker) {
        return marker == 0 || marker == 0xFF || isRestart(marker);
    }

    private static boolean isRestart(int marker) {
        return marker >= RST0 && marker <= RST7;
    }
}
