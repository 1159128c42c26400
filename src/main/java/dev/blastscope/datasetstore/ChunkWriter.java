package dev.blastscope.datasetstore;

import dev.blastscope.database.Chunks;
import java.io.OutputStream;
import java.util.Arrays;

/** Cuts what is written into chunks of a data set; the last one is added by {@link #finish}. */
final class ChunkWriter extends OutputStream {

    private final SharedRows rows;
    private final String dataset;
    private final byte[] buffer = new byte[Chunks.SIZE];
    private int filled;
    private int added;

    ChunkWriter(SharedRows rows, String dataset) {
        this.rows = rows;
        this.dataset = dataset;
    }

    /** Adds what is left, and returns how many chunks there are. */
    int finish() {
        if (filled > 0) {
            add();
        }
        return added;
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int copied = Math.min(end - from, buffer.length - filled);
            System.arraycopy(bytes, from, buffer, filled, copied);
            from += copied;
            filled += copied;
            if (filled == buffer.length) {
                add();
            }
        }
    }

    private void add() {
        rows.addChunk(dataset, added, Arrays.copyOf(buffer, filled));
        added++;
        filled = 0;
    }
}
