package dev.blastscope.review;

import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.review.ReviewReason.Code;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether an image is like those that a model knows: as near to them as they are to each other across folds.
 *
 * <p>The limit is the distance that {@code acceptance} of the training images do not exceed, each measured from the
 * images of the other folds, with the correction of split-conformal prediction for their number (Vovk 2012). The few
 * images that a model was adapted to lie farther apart than the many that it learned from before, so an image is
 * measured by those that most of its neighbours belong to. Immutable.
 */
final class Familiarity {

    private final KnownCases cases;
    private final Set<String> ownImages;
    private final Distances own;
    private final Distances earlier;
    private final double acceptance;

    private Familiarity(TrackRecord known, KnownCases cases, double acceptance) {
        this.cases = cases;
        this.acceptance = acceptance;
        this.ownImages = known.own().stream().map(Row::sha256).collect(Collectors.toSet());
        this.own = Distances.of(known.own(), acceptance);
        this.earlier = Distances.of(known.earlier(), acceptance);
    }

    /** Empty if the cases of a model are not known, or none of its distances is. */
    static Optional<Familiarity> of(TrackRecord known, double acceptance) {
        return known.cases()
                .map(cases -> new Familiarity(known, cases, acceptance))
                .filter(familiarity -> familiarity.own.sorted.length > 0);
    }

    /** The distance up to which an image is familiar that is like the model's own. */
    double limit() {
        return own.limit;
    }

    /** What the cases say of an image, by its features. */
    Judgement judge(float[] features) {
        List<KnownCases.Neighbour> nearest = cases.nearest(features);
        double distance = KnownCases.distance(nearest);
        Distances kind = kind(nearest);
        double share = kind.share(distance);
        return new Judgement(nearest, share, distance <= kind.limit ? Optional.empty() : Optional.of(reason(share)));
    }

    private Distances kind(List<KnownCases.Neighbour> nearest) {
        long ofOwn = nearest.stream()
                .filter(neighbour -> ownImages.contains(neighbour.image().sha256()))
                .count();
        return earlier.sorted.length == 0 || 2 * ofOwn > nearest.size() ? own : earlier;
    }

    private ReviewReason reason(double share) {
        return ReviewReason.of(
                Code.NOT_LIKE_TRAINING_DATA,
                1 - share,
                acceptance,
                "%.1f %% of the training images are more like the others than this image is; the limit is %.1f %%. It is no"
                        + " smear, or of a stain, camera or magnification that the model does not know.",
                100 * (1 - share),
                100 * acceptance);
    }

    /**
     * What was found.
     *
     * @param nearest the nearest cases, the nearest first
     * @param share of the training images that are less familiar, in [0, 1]
     * @param reason why the image is not familiar; empty if it is
     */
    record Judgement(List<KnownCases.Neighbour> nearest, double share, Optional<ReviewReason> reason) {}

    /** How far images of one kind are from others. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Distances(double[] sorted, double limit) {

        static Distances of(List<Row> answers, double acceptance) {
            double[] sorted = answers.stream()
                    .flatMapToDouble(answer -> answer.distance().stream())
                    .sorted()
                    .toArray();
            int accepted = (int) Math.ceil(acceptance * (sorted.length + 1));
            return new Distances(
                    sorted,
                    sorted.length == 0 ? Double.POSITIVE_INFINITY : sorted[Math.min(accepted, sorted.length) - 1]);
        }

        /** The share of them that are farther, in [0, 1]. */
        double share(double distance) {
            int nearer = Arrays.binarySearch(sorted, Math.nextUp(distance));
            return (double) (sorted.length - (nearer >= 0 ? nearer : -nearer - 1)) / sorted.length;
        }
    }
}
