package dev.blastscope.releases;

import dev.blastscope.inference.ModelPreparation;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.NoSuchModel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Lets the first model that is loaded be the active one, which may have to be fetched. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartupSync implements ModelPreparation {

    private static final Logger log = LoggerFactory.getLogger(StartupSync.class);

    private final ActivePointerSync home;
    private final SharedModels shared;

    StartupSync(ActivePointerSync home, SharedModels shared) {
        this.home = home;
        this.shared = shared;
    }

    /** Works on a thread of its own, as this one may be interrupted, which would close H2's file. */
    @Override
    public void prepare(Consumer<Map<String, Object>> progress) throws Exception {
        FutureTask<Void> agreement = new FutureTask<>(() -> {
            agree(progress);
            return null;
        });
        Thread thread = new Thread(agreement, "model-agreement");
        thread.setDaemon(true);
        thread.start();
        try {
            agreement.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private void agree(Consumer<Map<String, Object>> progress) throws NoSuchModel, DamagedModel {
        Optional<Activation> present = home.agree();
        if (present.isEmpty()) {
            return;
        }
        progress.accept(Map.of("stage", "fetching the model"));
        try {
            shared.bring(present.get().version());
            home.follow(present.get());
        } catch (DamagedModel e) {
            // A replica that never followed anything would answer with the embedded model, which nobody asked for.
            if (!home.isSet()) {
                throw e;
            }
            log.error(
                    "The active model {} cannot be fetched; starting with the one before. {}",
                    present.get().version(),
                    e.getMessage());
        }
    }
}
