package dev.blastscope.inference;

import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/** Tells {@code /actuator/info} which model answers, and in which numbers; nothing while none is loaded. */
@Component
final class ModelInfo implements InfoContributor {

    private final ActiveModel model;

    ModelInfo(ActiveModel model) {
        this.model = model;
    }

    @Override
    public void contribute(Info.Builder builder) {
        try {
            ModelIdentity identity = model.current().identity();
            builder.withDetail(
                    "model",
                    Map.of(
                            "version", identity.version(),
                            "rendition", identity.precision(),
                            "digest", identity.digest()));
        } catch (ModelNotReady e) {
            // The health tells why.
        }
    }
}
