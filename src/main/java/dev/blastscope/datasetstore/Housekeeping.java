package dev.blastscope.datasetstore;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Shares the data sets that only this node has, and removes those that were deleted elsewhere or whose upload died; at
 * the start and every minute.
 */
@Component
class Housekeeping {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final DatasetStore store;
    private final SharedRows rows;
    private final SharedFiles files;
    private final boolean on;
    private final Set<String> reported = new HashSet<>();

    Housekeeping(
            DatasetStore store,
            SharedRows rows,
            SharedFiles files,
            JdbcConnectionDetails database,
            DatasetSettings settings) {
        this.store = store;
        this.rows = rows;
        this.files = files;
        this.on = settings.sharing().isOn(database);
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void tidyUp() {
        if (!on) {
            return;
        }
        try {
            rows.sweep();
            store.reports().forEach(this::tidyUp);
        } catch (DataAccessException e) {
            // The follower of the releases reports the outage.
            log.debug("Data sets are tidied up when the database is available again", e);
        }
    }

    private void tidyUp(DatasetReport local) {
        Optional<DatasetReport> shared = rows.find(local.name()).map(SharedDataset::report);
        if (rows.isDeleted(local)) {
            remove(local);
        } else if (shared.isEmpty()) {
            share(local);
        } else if (!shared.get().digest().equals(local.digest())) {
            warn(local, "The replicas share another one of this name, which trainings use.");
        }
    }

    private void remove(DatasetReport local) {
        try {
            store.delete(local.name());
            log.info("Deleted data set {} on this node, as it was deleted on another replica", local.name());
        } catch (DatasetRefused gone) {
            log.debug("Another process removed it");
        }
    }

    private void share(DatasetReport local) {
        if (reported.contains(local.name())) {
            return;
        }
        try {
            if (files.add(local, out -> store.pack(local.name(), out))) {
                log.info("Shared data set {} of this node with all replicas", local.name());
            }
        } catch (DatasetRefused | IOException | RuntimeException e) {
            warn(local, "Sharing it failed, and is tried again at the next start. " + e.getMessage());
        }
    }

    private void warn(DatasetReport local, String why) {
        if (reported.add(local.name())) {
            log.warn("Data set {} is on this node only. {}", local.name(), why);
        }
    }
}
