package dev.blastscope.inference;

import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.Outcome;
import dev.blastscope.review.Reviewer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * What the last {@value #WINDOW} images were answered, beside the training: the share that a person must review, and
 * the share of each class. Of the training, the reviews are those that the out-of-fold answers would be given, and the
 * classes are the labels.
 *
 * <p>NaN while the active model has answered fewer images, or does not know its training. Each replica counts its own.
 * Safe for use by any number of threads.
 */
@Component
final class AnswerMix implements DriftWatch {

    static final int WINDOW = 200;

    private static final String REVIEWED = "blastscope.drift.reviewed";
    private static final String CLASS = "blastscope.drift.class";

    private final MeterRegistry registry;
    private final Deque<Answer> recent = new ArrayDeque<>();
    private List<Row> training = List.of();
    private double reviewed = Double.NaN;
    private String digest = "";

    AnswerMix(MeterRegistry registry) {
        this.registry = registry;
        register(REVIEWED, Tags.empty(), () -> recent(Answer::reviewed), () -> reviewed);
        for (SmearClass smearClass : SmearClass.values()) {
            register(
                    CLASS,
                    Tags.of("class", smearClass.name().toLowerCase(Locale.ROOT)),
                    () -> recent(answer -> answer.called() == smearClass),
                    () -> ofTraining(smearClass));
        }
    }

    @Override
    public void watch(ServingModel model) {
        watch(model.digest(), model.trackRecord().own(), model.reviewer());
    }

    synchronized void watch(String model, List<Row> answers, Reviewer reviewer) {
        digest = model;
        training = answers;
        reviewed = reviewer.shareReviewed(answers);
        recent.clear();
    }

    @Override
    public synchronized void predicted(List<ImagePrediction> predictions) {
        for (ImagePrediction prediction : predictions) {
            // It may be of the model that was just replaced.
            if (prediction.model().digest().equals(digest)) {
                recent.addLast(new Answer(
                        prediction.reviewed().prediction().smearClass(),
                        prediction.reviewed().outcome() == Outcome.REVIEW));
                if (recent.size() > WINDOW) {
                    recent.removeFirst();
                }
            }
        }
    }

    private synchronized double recent(Predicate<Answer> counts) {
        return recent.size() < WINDOW
                ? Double.NaN
                : (double) recent.stream().filter(counts).count() / recent.size();
    }

    private synchronized double ofTraining(SmearClass smearClass) {
        return (double) training.stream()
                        .filter(row -> row.truth() == smearClass)
                        .count()
                / training.size();
    }

    private void register(String name, Tags tags, Supplier<Number> recently, Supplier<Number> ofTraining) {
        String description = "Share of the last " + WINDOW + " images, beside that of the training";
        Gauge.builder(name, recently)
                .description(description)
                .tags(tags.and("of", "recent"))
                .register(registry);
        Gauge.builder(name, ofTraining)
                .description(description)
                .tags(tags.and("of", "training"))
                .register(registry);
    }

    /** What was made of an image, and whether it must be reviewed. */
    private record Answer(SmearClass called, boolean reviewed) {}
}
