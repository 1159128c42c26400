package dev.blastscope.review;

import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Probabilities;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.review.ReviewReason.Code;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of the four classes cannot be excluded, and how certain an answer must be to stand.
 *
 * <p>The sets are split-conformal and class-conditional, with one minus the probability of a class as its score
 * (Sadinle, Lei and Wasserman 2019, JASA 114): of each class, at least {@code coverage} of the images of new groups
 * have a set that contains it. Images of one group are not independent, so each group counts as one, however many
 * images it has (Lee, Barber and Willett 2023, arXiv 2306.06342). That many groups must vouch for it: K groups can for
 * K / (K + 1) at most. Where a class has fewer, its set contains it as often as it can be told apart, and
 * {@link #vouched} says how often that is.
 *
 * <p>The certainty is the lowest at which no more than {@code risk} of the images are decided and wrong, by conformal
 * risk control (Angelopoulos et al. 2022, arXiv 2208.02814), which takes images as exchangeable; n images can vouch for
 * 1 / (n + 1) at least.
 *
 * <p>Both rest on answers to images that the heads had not seen. Immutable.
 */
final class PredictionSets {

    private static final Comparator<Double> DESCENDING = Comparator.reverseOrder();

    private final Map<SmearClass, Double> least = new EnumMap<>(SmearClass.class);
    private final Map<SmearClass, Double> vouched = new EnumMap<>(SmearClass.class);
    private final double certainty;

    PredictionSets(List<Row> answers, double coverage, double risk) {
        for (SmearClass smearClass : SmearClass.values()) {
            calibrate(
                    smearClass,
                    answers.stream().filter(row -> row.truth() == smearClass).toList(),
                    coverage);
        }
        certainty = certainty(answers, risk);
    }

    /** The classes that cannot be excluded, from the probabilities of all. */
    Set<SmearClass> of(Probabilities<SmearClass> classes) {
        Set<SmearClass> set = EnumSet.noneOf(SmearClass.class);
        classes.values().forEach((smearClass, probability) -> {
            if (probability >= least(smearClass)) {
                set.add(smearClass);
            }
        });
        return set;
    }

    /** The probability from which on a class cannot be excluded. */
    double least(SmearClass smearClass) {
        return least.getOrDefault(smearClass, 0.0);
    }

    /** The coverage that the groups of a class can vouch for. */
    double vouched(SmearClass smearClass) {
        return vouched.getOrDefault(smearClass, 0.0);
    }

    /** The probability that the answer must reach. */
    double certainty() {
        return certainty;
    }

    /**
     * What of a prediction is uncertain; empty if its class stands alone and is certain enough.
     *
     * @param set of these probabilities
     */
    Optional<ReviewReason> uncertain(Set<SmearClass> set, Probabilities<SmearClass> classes, SmearClass answer) {
        Optional<SmearClass> other =
                set.stream().filter(smearClass -> smearClass != answer).max(Comparator.comparing(classes::of));
        if (other.isPresent()) {
            return Optional.of(ReviewReason.of(
                    Code.UNCERTAIN,
                    classes.of(other.get()),
                    least(other.get()),
                    "%s cannot be excluded: its probability is %.4f, and from %.4f on it belongs to the set.",
                    other.get(),
                    classes.of(other.get()),
                    least(other.get())));
        }
        double reached = classes.of(answer);
        double needed = Math.max(certainty, least(answer));
        return reached >= needed
                ? Optional.empty()
                : Optional.of(ReviewReason.of(
                        Code.UNCERTAIN,
                        reached,
                        needed,
                        "%s has a probability of %.4f, and needs %.4f to stand.",
                        answer,
                        reached,
                        needed));
    }

    private void calibrate(SmearClass smearClass, List<Row> answers, double coverage) {
        Map<Integer, Long> sizes = answers.stream().collect(Collectors.groupingBy(Row::group, Collectors.counting()));
        List<Row> bestFirst = answers.stream()
                .sorted(Comparator.comparing(row -> row.classes().of(smearClass), DESCENDING))
                .toList();
        double covered = 0;
        double probability = 0;
        for (Row answer : bestFirst) {
            if (covered >= coverage - ROUNDING) {
                break;
            }
            covered += 1.0 / ((sizes.size() + 1.0) * sizes.getOrDefault(answer.group(), 1L));
            probability = answer.classes().of(smearClass);
        }
        least.put(smearClass, probability);
        vouched.put(smearClass, Math.min(coverage, sizes.size() / (sizes.size() + 1.0)));
    }

    private static final double ROUNDING = 1e-9;

    private static double certainty(List<Row> answers, double risk) {
        List<Double> wrong = answers.stream()
                .filter(row -> row.smearClass() != row.truth())
                .map(row -> row.classes().of(row.smearClass()))
                .sorted(DESCENDING)
                .toList();
        int tolerated = Math.max(0, (int) Math.floor(risk * (answers.size() + 1.0) - 1));
        return tolerated < wrong.size() ? Math.nextUp(wrong.get(tolerated)) : 0;
    }
}
