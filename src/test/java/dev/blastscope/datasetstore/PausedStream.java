package dev.blastscope.datasetstore;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/** An upload that waits in the middle. */
final class PausedStream extends FilterInputStream {

    private final CountDownLatch begun;
    private final CountDownLatch goOn;

    PausedStream(InputStream in, CountDownLatch begun, CountDownLatch goOn) {
        super(in);
        this.begun = begun;
        this.goOn = goOn;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        return in.read(buffer, offset, length);
    }
}
