package dev.blastscope.datasetstore;

import dev.blastscope.dataset.DatasetRejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data sets in the database, and those on this node that are not shared yet. */
final class SharedDatasets implements Datasets {

    private static final Logger log = LoggerFactory.getLogger(SharedDatasets.class);

    private final DatasetStore store;
    private final SharedRows rows;
    private final SharedFiles files;

    SharedDatasets(DatasetStore store, SharedRows rows, SharedFiles files) {
        this.store = store;
        this.rows = rows;
        this.files = files;
    }

    @Override
    public Stored put(DatasetName name, long bytes, InputStream zip)
            throws ArchiveRefused, DatasetRejected, DatasetRefused {
        return store.put(name, bytes, zip, this::name);
    }

    private Stored name(DatasetStore.Unnamed made) throws IOException, DatasetRefused {
        DatasetReport report = made.report();
        if (find(report.name()).isEmpty() && files.add(report, made::pack)) {
            if (!made.publish()) {
                makeWay(report);
                made.publish();
            }
            return new Stored(report, true);
        }
        DatasetReport existing = find(report.name())
                .filter(known -> known.digest().equals(report.digest()))
                .orElseThrow(DatasetRefused::otherContent);
        return new Stored(existing, false);
    }

    @Override
    public List<DatasetReport> reports() {
        List<DatasetReport> shared =
                rows.all().stream().map(SharedDataset::report).toList();
        Set<String> names = shared.stream().map(DatasetReport::name).collect(Collectors.toSet());
        Stream<DatasetReport> here =
                store.reports().stream().filter(local -> !names.contains(local.name()) && !rows.isDeleted(local));
        return Stream.concat(shared.stream(), here)
                .sorted(Comparator.comparing(DatasetReport::name))
                .toList();
    }

    @Override
    public DatasetReport report(String name) throws DatasetRefused {
        return find(name).orElseThrow(DatasetRefused::noSuchDataset);
    }

    private Optional<DatasetReport> find(String name) {
        return rows.find(name).map(SharedDataset::report).or(() -> store.find(name)
                .filter(local -> !rows.isDeleted(local)));
    }

    @Override
    public Fetch fetch(String name) throws DatasetRefused {
        DatasetReport report = report(name);
        if (store.find(name).filter(report::isOfSameUpload).isPresent()) {
            return store.fetch(name);
        }
        SharedDataset shared = rows.find(name).orElseThrow(DatasetRefused::noSuchDataset);
        makeWay(shared.report());
        return progress -> {
            Path folder = files.fetch(shared, store, progress);
            log.info("Fetched data set {} to this node", name);
            return folder;
        };
    }

    @Override
    public void delete(String name) throws DatasetRefused {
        DatasetReport report = report(name);
        rows.delete(report);
        if (store.find(name).filter(report::isOfSameUpload).isPresent()) {
            store.delete(name);
        }
    }

    /** Moves what this node has under the name of a shared data set out of the way, and loses nothing. */
    private void makeWay(DatasetReport shared) {
        Optional<DatasetReport> local = store.find(shared.name());
        if (local.isEmpty()) {
            return;
        }
        try {
            if (local.get().digest().equals(shared.digest()) || rows.isDeleted(local.get())) {
                store.delete(shared.name());
            } else {
                log.warn(
                        "This node had its own data set {}, with other content than the one that the replicas share. Its files"
                                + " were moved to the folder datasets/{}: zip and upload them under another name, or delete"
                                + " them.",
                        shared.name(),
                        store.setAside(shared.name()));
            }
        } catch (DatasetRefused gone) {
            log.debug("Another process removed it");
        }
    }
}
