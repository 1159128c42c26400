package dev.blastscope.datasetstore;

import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import java.nio.file.Path;

/** Stores of data sets for tests. */
public final class Stores {

    static final ArchiveLimits LIMITS = new ArchiveLimits(50_000_000, 2_000, 1_000_000, 50_000_000, 100, 0);

    private Stores() {}

    public static DatasetStore in(Path folder) {
        return in(folder, LIMITS);
    }

    static DatasetStore in(Path folder, ArchiveLimits limits) {
        return new DatasetStore(folder, limits, new ImageDecoder(ImageLimits.DEFAULT));
    }

    static Datasets.Stored put(DatasetStore store, String name, Zip zip) throws Exception {
        return store.put(new DatasetName(name), -1, zip.stream());
    }
}
