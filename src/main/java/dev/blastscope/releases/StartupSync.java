package dev.blastscope.releases;

import dev.blastscope.database.DatabaseThread;
import dev.blastscope.inference.ModelPreparation;
import dev.blastscope.modelstore.DamagedModel;
import dev.blastscope.modelstore.NoSuchModel;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Makes the first model that is loaded the active one, which may have to be fetched. */
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

    @Override
    public void prepare(Consumer<Map<String, Object>> progress) throws Exception {
        DatabaseThread.call("model-agreement", () -> agree(progress));
    }

    private Optional<Activation> agree(Consumer<Map<String, Object>> progress) throws NoSuchModel, DamagedModel {
        Optional<Activation> current = home.agree();
        if (current.isPresent()) {
            progress.accept(Map.of("stage", "fetching the model"));
            fetch(current.get());
        }
        return current;
    }

    private void fetch(Activation activation) throws NoSuchModel, DamagedModel {
        try {
            shared.bring(activation.version());
            home.follow(activation);
        } catch (DamagedModel e) {
            // A replica that never followed any activation would serve the embedded model, which nobody activated.
            if (!home.isSet()) {
                throw e;
            }
            log.error(
                    "Cannot fetch the active model {}; starting with the previous one. {}",
                    activation.version(),
                    e.getMessage());
        }
    }
}
