package dev.blastscope.trainingjobs;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Trainings that the service runs by itself.
 *
 * @param trainOnStart a data set to train the first model on when none is active; none is trained where it is absent
 */
@ConfigurationProperties("blastscope")
record RetrainingSettings(@Nullable Path trainOnStart) {}
