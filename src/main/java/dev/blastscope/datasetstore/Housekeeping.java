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

/** Shares what lies on this node alone, and removes what was deleted elsewhere or whose upload died, now and every minute. */
@Component
class Housekeeping {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final DatasetStore store;
    private final SharedRows rows;
    private final SharedFiles files;
    private final boolean on;
    private final Set<String> troubled = new HashSet<>();

    Housekeeping(
            DatasetStore store,
            SharedRows rows,
            SharedFiles files,
            JdbcConnectionDetails database,
            SharingSettings settings) {
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
            // Whoever follows the releases tells of an outage.
            log.debug("The data sets are tidied up when the database answers again", e);
        }
    }

    private void tidyUp(DatasetReport local) {
        Optional<DatasetReport> shared = rows.find(local.name()).map(SharedDataset::report);
        if (rows.isDeleted(local)) {
            remove(local);
        } else if (shared.isEmpty()) {
            share(local);
        } else if (!shared.get().digest().equals(local.digest())) {
            warn(local, "The replicas share another one of this name, which counts from now on.");
        }
    }

    private void remove(DatasetReport local) {
        try {
            store.delete(local.name());
            log.info("Data set {} was deleted elsewhere, and now here", local.name());
        } catch (NoSuchDataset gone) {
            log.debug("Another process removed it");
        }
    }

    private void share(DatasetReport local) {
        if (troubled.contains(local.name())) {
            return;
        }
        try {
            if (files.add(local, out -> store.pack(local.name(), out))) {
                log.info("Data set {} of this node is shared with all replicas now", local.name());
            }
        } catch (NoRoom | IOException | RuntimeException e) {
            warn(local, "It could not be shared, which is tried again at the next start. " + e.getMessage());
        }
    }

    private void warn(DatasetReport local, String why) {
        if (troubled.add(local.name())) {
            log.warn("Data set {} lies on this node alone. {}", local.name(), why);
        }
    }
}
