package dev.blastscope.datasetstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A zip of which only so many bytes may be read until its directory is known.
 *
 * <p>The directory is read whole, and a forged one of many millions of entries would fill the memory.
 */
final class DirectoryChannel implements SeekableByteChannel {

    private final SeekableByteChannel zip;
    private long allowed;

    DirectoryChannel(SeekableByteChannel zip, long allowed) {
        this.zip = zip;
        this.allowed = allowed;
    }

    /** Lets everything be read from now on. */
    void directoryIsKnown() {
        allowed = Long.MAX_VALUE;
    }

    /** Whether more was wanted than was allowed. */
    boolean isExhausted() {
        return allowed < 0;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        int read = zip.read(buffer);
        allowed -= Math.max(0, read);
        if (allowed < 0) {
            throw new IOException("The directory of the zip is too long");
        }
        return read;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return zip.write(buffer);
    }

    @Override
    public long position() throws IOException {
        return zip.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        zip.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return zip.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        zip.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return zip.isOpen();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
