package dev.blastscope.releases;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.modelstore.ActivePointer;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.refusal.Refusal;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Keeps the home folder's pointer and the database's activations in agreement; RATIONALE.md says how. */
@Component
class ActivePointerSync {

    private static final Logger log = LoggerFactory.getLogger(ActivePointerSync.class);

    private static final String COMMAND_LINE = "command line";

    private final ModelStore store;
    private final ReleaseRecords records;
    private Optional<ActivePointer> unusable = Optional.empty();

    ActivePointerSync(ModelStore store, ReleaseRecords records) {
        this.store = store;
        this.records = records;
    }

    /** The activation to follow, after recording what the command line did; empty before the first. */
    synchronized Optional<Activation> agree() {
        Optional<Activation> last = records.last();
        Optional<ActivePointer> moved = read().filter(
                        pointer -> pointer.activation().isEmpty() || last.isEmpty())
                .filter(pointer -> last.map(Activation::version)
                        .filter(pointer.version()::equals)
                        .isEmpty())
                .filter(pointer -> !unusable.equals(Optional.of(pointer)));
        return moved.isPresent() ? adopt(moved.get(), last) : last;
    }

    /** Moves the pointer to what the service follows. */
    void follow(Activation activation) {
        ActivePointer wanted = new ActivePointer(activation.version(), OptionalLong.of(activation.id()));
        if (!read().equals(Optional.of(wanted))) {
            store.point(wanted);
        }
    }

    boolean isSet() {
        return read().isPresent();
    }

    private Optional<Activation> adopt(ActivePointer pointer, Optional<Activation> last) {
        try {
            Activation adopted = records.add(
                    AuditAction.MODEL_ACTIVATED,
                    new ReleaseRecords.Draft(
                            pointer.version(),
                            store.open(pointer.version()).digest(),
                            COMMAND_LINE,
                            "Activated in the home folder",
                            last.map(Activation::id)),
                    last);
            log.info(
                    "Model {} was activated on the command line; recorded as activation {}",
                    adopted.version(),
                    adopted.id());
            return Optional.of(adopted);
        } catch (ReleaseRefused anotherWasFaster) {
            return records.last();
        } catch (Refusal e) {
            unusable = Optional.of(pointer);
            log.warn("Not following what was activated in the home folder. {}", e.getMessage());
            return last;
        }
    }

    /** An unreadable pointer counts as none: the next activation replaces it. */
    private Optional<ActivePointer> read() {
        try {
            return store.pointer();
        } catch (DamagedModel e) {
            return Optional.empty();
        }
    }
}
