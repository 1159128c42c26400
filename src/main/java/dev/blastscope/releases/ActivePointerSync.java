package dev.blastscope.releases;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.modelstore.ActiveVersion;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.refusal.Refusal;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Brings the home folder's pointer and the database's activations to agree; the package's page says how. */
@Component
class ActivePointerSync {

    private static final Logger log = LoggerFactory.getLogger(ActivePointerSync.class);

    private static final String COMMAND_LINE = "command line";

    private final ModelStore store;
    private final Activations activations;
    private final ActivationLog additions;
    private final SharedModels shared;
    private Optional<ActiveVersion> unusable = Optional.empty();

    ActivePointerSync(ModelStore store, Activations activations, ActivationLog additions, SharedModels shared) {
        this.store = store;
        this.activations = activations;
        this.additions = additions;
        this.shared = shared;
    }

    /** The activation to follow, after what the command line did is on record; empty before the first. */
    synchronized Optional<Activation> agree() {
        Optional<Activation> last = activations.last();
        Optional<ActiveVersion> moved = read().filter(
                        pointer -> pointer.activation().isEmpty() || last.isEmpty())
                .filter(pointer -> last.map(Activation::version)
                        .filter(pointer.version()::equals)
                        .isEmpty())
                .filter(pointer -> !unusable.equals(Optional.of(pointer)));
        return moved.isPresent() ? adopt(moved.get(), last) : last;
    }

    /** Lets the pointer say what the service follows. */
    void follow(Activation activation) {
        ActiveVersion wanted = new ActiveVersion(activation.version(), OptionalLong.of(activation.id()));
        if (!read().equals(Optional.of(wanted))) {
            store.point(wanted);
        }
    }

    boolean isSet() {
        return read().isPresent();
    }

    private Optional<Activation> adopt(ActiveVersion pointer, Optional<Activation> last) {
        try {
            Activation adopted = additions.add(
                    AuditAction.MODEL_ACTIVATED,
                    new Draft(
                            pointer.version(),
                            digest(pointer.version()),
                            COMMAND_LINE,
                            "Activated in the home folder",
                            last.map(Activation::id)),
                    last);
            log.info("Model {} was activated by the command line, as activation {}", adopted.version(), adopted.id());
            return Optional.of(adopted);
        } catch (ReleaseRefused anotherWasFaster) {
            return activations.last();
        } catch (Refusal e) {
            unusable = Optional.of(pointer);
            log.warn("What was activated in the home folder is not followed. {}", e.getMessage());
            return last;
        }
    }

    private String digest(String version) throws Refusal {
        if (version.equals(EmbeddedModel.VERSION)) {
            return EmbeddedModel.card().digest();
        }
        String digest = store.open(version).digest();
        if (shared.areOn()) {
            shared.share(version);
        }
        return digest;
    }

    /** A pointer that says nothing is as good as none: the next activation mends it. */
    private Optional<ActiveVersion> read() {
        try {
            return store.pointer();
        } catch (DamagedModel e) {
            return Optional.empty();
        }
    }
}
