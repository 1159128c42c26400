package dev.blastscope.datasetstore;

import dev.blastscope.database.Sharing;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/** Stores of data sets for tests. */
public final class Stores {

    static final DatasetSettings LIMITS = limits(50_000_000, 2_000, 1_000_000, 50_000_000, 100, 0);

    private Stores() {}

    /** Sizes are in bytes. */
    static DatasetSettings limits(
            long maxUpload, int maxEntries, long maxEntry, long maxUnpacked, int maxRatio, long minFree) {
        return new DatasetSettings(
                DataSize.ofBytes(maxUpload),
                maxEntries,
                DataSize.ofBytes(maxEntry),
                DataSize.ofBytes(maxUnpacked),
                maxRatio,
                DataSize.ofBytes(minFree),
                Sharing.AUTO);
    }

    static DatasetSettings shared(Sharing sharing) {
        return new DatasetSettings(
                LIMITS.maxUpload(),
                LIMITS.maxEntries(),
                LIMITS.maxEntry(),
                LIMITS.maxUnpacked(),
                LIMITS.maxRatio(),
                LIMITS.minFree(),
                sharing);
    }

    public static DatasetStore in(Path folder) {
        return in(folder, LIMITS);
    }

    static DatasetStore in(Path folder, DatasetSettings limits) {
        return new DatasetStore(folder, limits, new ImageDecoder(ImageLimits.DEFAULT));
    }

    static Datasets.Stored put(DatasetStore store, String name, Zip zip) throws Exception {
        return store.put(new DatasetName(name), -1, zip.stream());
    }
}
