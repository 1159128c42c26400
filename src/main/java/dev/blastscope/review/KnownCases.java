package dev.blastscope.review;

import dev.blastscope.prediction.SmearClass;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.safetensors.Safetensors;
import dev.blastscope.safetensors.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The images that a model learned from, by what its backbone sees in them, so that the nearest to another image can be
 * found.
 *
 * <p>A distance is that of two feature vectors of length 1, which is {@code sqrt(2 - 2 cos)}, in [0, 2]. The vectors
 * are kept in {@value #DIMENSIONS} instead of {@value #FEATURES} numbers, by a projection on random signs (Achlioptas
 * 2003, JCSS 66), which keeps distances to about 6 % and, unlike principal components, is the same for every data set:
 * nothing is fitted, and images of another site can join. Of more than {@value #MOST} images, those with the lowest
 * hashes are kept, which is a sample that depends on nothing else.
 *
 * <p>Immutable, and safe for use by any number of threads.
 */
public final class KnownCases {

    /** How far an image is from all of them is told by its distance from this nearest one. */
    static final int NEIGHBOUR = 10;

    static final int MOST = 4096;

    private static final int FEATURES = 2048;
    private static final int DIMENSIONS = 128;
    private static final String PROJECTED = "projected";
    private static final String CASES = "cases";
    private static final Comparator<Row> BY_HASH = Comparator.comparing(row -> row.image.sha256);

    /** Row after row, a sign for each dimension, scaled to keep lengths. */
    private static final float[][] SIGNS = signs();

    private final List<Case> cases;
    /** A row for each dimension, so that the distances of all cases add up in long, plain loops. */
    private final float[][] byDimension;

    private KnownCases(List<Row> rows) {
        List<Row> kept = rows.size() <= MOST
                ? rows
                : rows.stream().sorted(BY_HASH).limit(MOST).toList();
        cases = kept.stream().map(Row::image).toList();
        byDimension = new float[DIMENSIONS][kept.size()];
        for (int i = 0; i < kept.size(); i++) {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                byDimension[dimension][i] = kept.get(i).projected[dimension];
            }
        }
    }

    /**
     * Of labelled images.
     *
     * @param features of each, {@value #FEATURES} numbers
     */
    public static KnownCases of(List<Case> cases, float[][] features) {
        return new KnownCases(IntStream.range(0, cases.size())
                .mapToObj(i -> new Row(cases.get(i), projected(features[i])))
                .toList());
    }

    /**
     * Reads the file of a model.
     *
     * @throws InvalidWeights if it is damaged or holds anything else
     */
    public static KnownCases read(byte[] file) throws InvalidWeights {
        Safetensors tensors = Safetensors.parse(file);
        List<Case> cases = new ArrayList<>();
        for (String line : tensors.metadata().getOrDefault(CASES, "").lines().toList()) {
            cases.add(Case.read(line));
        }
        if (!tensors.names().contains(PROJECTED) || cases.size() > MOST) {
            throw new InvalidWeights("The file of known cases has no tensor \"" + PROJECTED + "\", or too many cases.");
        }
        float[] values = tensors.floats(PROJECTED);
        if (values.length != cases.size() * DIMENSIONS) {
            throw new InvalidWeights("The file of known cases has " + cases.size() + " cases and " + values.length
                    + " numbers instead of " + DIMENSIONS + " for each.");
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            float[] projected = new float[DIMENSIONS];
            System.arraycopy(values, i * DIMENSIONS, projected, 0, DIMENSIONS);
            rows.add(new Row(cases.get(i), projected));
        }
        return new KnownCases(rows);
    }

    /** The file of a model: a safetensors file whose metadata name the cases. */
    public byte[] toSafetensors() {
        float[] values = new float[cases.size() * DIMENSIONS];
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < cases.size(); i++) {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                values[i * DIMENSIONS + dimension] = byDimension[dimension][i];
            }
            names.append(cases.get(i).toLine()).append('\n');
        }
        return Safetensors.write(
                Map.of(PROJECTED, new Tensor(new long[] {cases.size(), DIMENSIONS}, values)),
                Map.of("format", "pt", CASES, names.toString()));
    }

    /** These and others. */
    public KnownCases and(KnownCases others) {
        return new KnownCases(Stream.concat(rows(), others.rows()).toList());
    }

    private Stream<Row> rows() {
        return IntStream.range(0, cases.size()).mapToObj(i -> {
            float[] projected = new float[DIMENSIONS];
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                projected[dimension] = byDimension[dimension][i];
            }
            return new Row(cases.get(i), projected);
        });
    }

    /** How many there are. */
    public int size() {
        return cases.size();
    }

    /**
     * How far an image is from them, by its {@value #FEATURES} features: as far as its {@value #NEIGHBOUR}th nearest,
     * or its farthest of fewer; infinite if there are none.
     */
    public double distance(float[] features) {
        return distance(nearest(features));
    }

    /** The same, by its nearest cases. */
    static double distance(List<Neighbour> nearest) {
        return nearest.isEmpty()
                ? Double.POSITIVE_INFINITY
                : nearest.get(nearest.size() - 1).distance();
    }

    /** The {@value #NEIGHBOUR} nearest cases to an image, by its {@value #FEATURES} features, the nearest first. */
    List<Neighbour> nearest(float[] features) {
        float[] squared = squaredDistances(features);
        int[] nearest = new int[NEIGHBOUR];
        int found = 0;
        for (int i = 0; i < squared.length; i++) {
            if (found < NEIGHBOUR || squared[i] < squared[nearest[NEIGHBOUR - 1]]) {
                int place = found < NEIGHBOUR ? found++ : NEIGHBOUR - 1;
                while (place > 0 && squared[nearest[place - 1]] > squared[i]) {
                    nearest[place] = nearest[place - 1];
                    place--;
                }
                nearest[place] = i;
            }
        }
        return Arrays.stream(nearest, 0, found)
                .mapToObj(i -> new Neighbour(cases.get(i), Math.sqrt(squared[i])))
                .toList();
    }

    private float[] squaredDistances(float[] features) {
        float[] projected = projected(features);
        float[] squared = new float[cases.size()];
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            float[] column = byDimension[dimension];
            float own = projected[dimension];
            for (int i = 0; i < squared.length; i++) {
                float difference = column[i] - own;
                squared[i] += difference * difference;
            }
        }
        return squared;
    }

    private static float[] projected(float[] features) {
        double squares = 0;
        for (float feature : features) {
            squares += (double) feature * feature;
        }
        float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        float[] projected = new float[DIMENSIONS];
        for (int i = 0; i < FEATURES; i++) {
            float value = scale * features[i];
            float[] signs = SIGNS[i];
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                projected[dimension] += value * signs[dimension];
            }
        }
        return projected;
    }

    private static float[][] signs() {
        // Random's numbers are specified, so that every machine has the same.
        Random random = new Random(DIMENSIONS);
        float unit = (float) (1 / Math.sqrt(DIMENSIONS));
        float[][] signs = new float[FEATURES][DIMENSIONS];
        for (float[] row : signs) {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                row[dimension] = random.nextBoolean() ? unit : -unit;
            }
        }
        return signs;
    }

    /**
     * An image that the model learned from.
     *
     * @param sha256 of the image file, 64 hexadecimal digits
     */
    public record Case(String sha256, SmearClass label) {

        private static Case read(String line) throws InvalidWeights {
            String[] words = line.split(" ", -1);
            try {
                if (words.length == 2 && words[0].matches("[0-9a-f]{64}")) {
                    return new Case(words[0], SmearClass.valueOf(words[1]));
                }
            } catch (IllegalArgumentException e) {
                // No class has this name.
            }
            throw new InvalidWeights("The file of known cases has a line that is no SHA-256 and class.");
        }

        private String toLine() {
            return sha256 + " " + label;
        }
    }

    /**
     * A case near an image.
     *
     * @param distance in [0, 2]
     */
    public record Neighbour(Case image, double distance) {}

    /** A case and its projected features. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on and never compared.
    private record Row(Case image, float[] projected) {}
}
