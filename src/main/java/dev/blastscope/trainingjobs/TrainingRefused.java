package dev.blastscope.trainingjobs;

import dev.blastscope.refusal.Refusal;
import java.util.Map;
import java.util.UUID;

/** A training that is not started or not cancelled, because a rule forbids it. */
public final class TrainingRefused extends Refusal {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> facts;

    private TrainingRefused(String code, String message, Map<String, Object> facts) {
        super(code, message);
        this.facts = facts;
    }

    /**
     * An order whose fields contradict each other.
     *
     * @param field the field to change
     */
    public static TrainingRefused invalid(String field, String rule) {
        return new TrainingRefused("invalid-training", field + " " + rule, Map.of("field", field));
    }

    public static TrainingRefused notFound() {
        return new TrainingRefused(
                "no-such-training",
                "There is no training with this id. The list of trainings shows those that exist.",
                Map.of());
    }

    /**
     * An adaptation to more images than it takes.
     *
     * @param limit blastscope.adaptation.images
     */
    public static TrainingRefused tooManyImages(int limit, int images) {
        return new TrainingRefused(
                "adaptation-too-large",
                "An adaptation takes " + limit + " images at most, and the data set has " + images
                        + ". Upload fewer, or train a model on them.",
                Map.of());
    }

    static TrainingRefused exists(UUID training) {
        return new TrainingRefused(
                "training-exists",
                "The same training, of the same data set with the same settings, is already queued or running. Follow"
                        + " that one, or choose another seed.",
                Map.of("training", training));
    }

    static TrainingRefused ended() {
        return new TrainingRefused(
                "training-ended", "The training has ended, so it cannot be cancelled any more.", Map.of());
    }

    @Override
    public Map<String, Object> facts() {
        return facts;
    }
}
