package dev.blastscope.inference;

import dev.blastscope.modelstore.ModelCard.Temperatures;
import dev.blastscope.network.Logits;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.Subtype;

/** Turns both heads' logits into a calibrated diagnosis. */
record LogitsToPrediction(Temperatures temperatures) {

    Prediction diagnosis(Logits logits) {
        return Prediction.of(
                Probabilities.of(Malignancy.class, logits.malignancy(), temperatures.malignancy()),
                Probabilities.of(Subtype.class, logits.subtype(), temperatures.subtype()));
    }
}
