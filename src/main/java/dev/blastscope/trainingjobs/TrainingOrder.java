package dev.blastscope.trainingjobs;

import dev.blastscope.training.TrainingSettings;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What an admin asked for; two equal orders give the same model.
 *
 * @param dataset the name of a stored data set
 * @param datasetDigest what was in it then
 * @param original the data set that an adapted model must not forget
 * @param settings how to train
 * @param anchor how strongly an adaptation is held at its start
 * @param autoPromote whether the model becomes active where the gate lets it
 */
public record TrainingOrder(
        TrainingMode mode,
        String dataset,
        String datasetDigest,
        Optional<String> original,
        TrainingSettings settings,
        float anchor,
        boolean autoPromote) {

    String digest() {
        return DigestUtils.sha256Hex(TrainingJsonText.write(this));
    }
}
