package dev.blastscope.datasetstore;

import dev.blastscope.database.DatabaseThread;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * The bytes of a shared data set, of which one chunk is fetched while another is read.
 *
 * <p>A {@link DatabaseThread} fetches them, as the reader may be interrupted.
 */
final class ChunkReader extends InputStream {

    private final SharedRows rows;
    private final SharedDataset dataset;
    private final Datasets.Progress progress;
    private final DatabaseThread thread = new DatabaseThread("dataset-fetch");
    private InputStream chunk = InputStream.nullInputStream();
    private Future<Optional<byte[]>> next;
    private int begun;

    ChunkReader(SharedRows rows, SharedDataset dataset, Datasets.Progress progress) {
        this.rows = rows;
        this.dataset = dataset;
        this.progress = progress;
        this.next = ask(0);
    }

    @Override
    public int read() throws IOException {
        byte[] octet = new byte[1];
        return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = chunk.read(bytes, offset, length);
        while (read < 0 && begun < dataset.chunks()) {
            chunk = new ByteArrayInputStream(take());
            read = chunk.read(bytes, offset, length);
        }
        return read;
    }

    private byte[] take() throws IOException {
        progress.pieces(begun, dataset.chunks());
        byte[] content = get(next)
                .orElseThrow(() -> new PackedDataset.Damage(
                        "piece " + (begun + 1) + " of " + dataset.chunks() + " is damaged or missing in the database"));
        begun++;
        if (begun < dataset.chunks()) {
            next = ask(begun);
        }
        return content;
    }

    private Future<Optional<byte[]>> ask(int part) {
        return thread.submit(() -> rows.chunk(dataset, part));
    }

    private static <T> T get(Future<T> future) throws InterruptedIOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
