package dev.blastscope.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** Encoded bytes as a codec reads them: in place, never through a temporary file, and knowing when they ran out. */
final class EncodedBytes extends ImageInputStreamImpl {

    private final byte[] bytes;
    private boolean ranOut;

    EncodedBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether the codec has asked for more than there was. */
    boolean ranOut() {
        return ranOut;
    }

    @Override
    public int read() {
        bitOffset = 0;
        if (exhausted()) {
            return -1;
        }
        return bytes[(int) streamPos++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (exhausted()) {
            return -1;
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    private boolean exhausted() {
        boolean exhausted = streamPos >= bytes.length;
        ranOut |= exhausted;
        return exhausted;
    }
}
