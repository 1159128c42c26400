package dev.blastscope.releases;

import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.releases.SharedModels.SharedVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings this store and the shared models to the same versions, one after the other. */
@Component
class Mirror {

    private static final Logger log = LoggerFactory.getLogger(Mirror.class);

    private final ModelStore store;
    private final SharedModels shared;
    private final ReleaseLock lock;
    private final LocalModel local;
    private final Set<String> failed = new HashSet<>();
    private Optional<Seen> seen = Optional.empty();

    Mirror(ModelStore store, SharedModels shared, ReleaseLock lock, LocalModel local) {
        this.store = store;
        this.shared = shared;
        this.lock = lock;
        this.local = local;
    }

    /** Takes the next step, if there is one. */
    void advance() {
        if (!shared.areOn()) {
            return;
        }
        Seen now = new Seen(lock.revision(), versions());
        if (seen.equals(Optional.of(now))) {
            return;
        }
        if (!oneStep(now.versions())) {
            seen = Optional.of(now);
        }
    }

    private boolean oneStep(Set<String> here) {
        List<SharedVersion> all = shared.all();
        Map<String, SharedVersion> known =
                all.stream().collect(Collectors.toMap(SharedVersion::version, Function.identity()));
        for (String version : here) {
            SharedVersion there = known.get(version);
            boolean stepped =
                    there == null ? attempt(version, () -> shared.share(version)) : there.deleted() && drop(version);
            if (stepped) {
                return true;
            }
        }
        for (SharedVersion there : all) {
            if (there.deleted()) {
                attempt(there.version(), () -> store.reserve(there.version()));
            } else if (!here.contains(there.version())
                    && attempt(there.version(), () -> shared.fetch(there.version()))) {
                return true;
            }
        }
        return false;
    }

    private boolean drop(String version) {
        return !local.serves(version) && attempt(version, () -> store.delete(version));
    }

    /** Whether it was done; what is wrong with a version is logged once, and does not keep the others back. */
    private boolean attempt(String version, Step step) {
        if (failed.contains(version)) {
            return false;
        }
        try {
            step.take();
            return true;
        } catch (Refusal e) {
            failed.add(version);
            log.warn("Model {} is not on every replica. {}", version, e.getMessage());
            return false;
        }
    }

    private Set<String> versions() {
        return store.versions().stream().map(ModelStore.StoredVersion::version).collect(Collectors.toSet());
    }

    /** The state in which nothing was left to do. */
    private record Seen(long revision, Set<String> versions) {}

    /** A step on the way. */
    private interface Step {

        void take() throws Refusal;
    }
}
