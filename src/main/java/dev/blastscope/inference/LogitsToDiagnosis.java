package dev.blastscope.inference;

import dev.blastscope.diagnosis.Diagnosis;
import dev.blastscope.diagnosis.Malignancy;
import dev.blastscope.diagnosis.Probabilities;
import dev.blastscope.diagnosis.Subtype;
import dev.blastscope.modelstore.ModelCard.Temperatures;
import dev.blastscope.network.Logits;

/** Turns both heads' logits into a calibrated diagnosis. */
record LogitsToDiagnosis(Temperatures temperatures) {

    Diagnosis diagnosis(Logits logits) {
        return Diagnosis.of(
                Probabilities.of(Malignancy.class, logits.malignancy(), temperatures.malignancy()),
                Probabilities.of(Subtype.class, logits.subtype(), temperatures.subtype()));
    }
}
