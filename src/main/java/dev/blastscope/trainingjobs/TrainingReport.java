package dev.blastscope.trainingjobs;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelCard.DataSummary;
import java.util.List;
import java.util.Map;

/**
 * What a training achieved, as the card of its model says it.
 *
 * @param evaluations figures with n and 95 % intervals; of an adaptation, after and before it on the same images
 * @param seconds how long each part took
 */
public record TrainingReport(
        DataSummary data, List<EvaluationFigures> evaluations, List<String> remarks, Map<String, Double> seconds) {

    public TrainingReport {
        evaluations = List.copyOf(evaluations);
        remarks = List.copyOf(remarks);
    }

    static TrainingReport of(ModelCard card) {
        return new TrainingReport(card.data(), card.evaluations(), card.remarks(), card.seconds());
    }
}
