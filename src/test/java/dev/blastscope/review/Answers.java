package dev.blastscope.review;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.codec.digest.DigestUtils;

/** Out-of-fold answers. */
final class Answers {

    static final ImageQuality SHARP = new ImageQuality(20, 250, 30, 55, 0.01, 0.05);

    private Answers() {}

    /** An answer that is sure of the truth with this probability; what is left goes to another class. */
    static Row answer(SmearClass truth, int group, double probability) {
        boolean benign = truth == SmearClass.BENIGN;
        double malignant = benign ? 1 - probability : probability;
        List<Double> subtypes =
                switch (truth) {
                    case BENIGN, EARLY_PRE_B -> List.of(1.0, 0.0, 0.0);
                    case PRE_B -> List.of(0.0, 1.0, 0.0);
                    case PRO_B -> List.of(0.0, 0.0, 1.0);
                };
        return new Row(
                sha256(truth + " " + group + " " + probability),
                group,
                0,
                truth,
                malignant >= 0.5 ? Malignancy.MALIGNANT : Malignancy.BENIGN,
                malignant,
                subtypes,
                SHARP,
                OptionalDouble.empty());
    }

    static Row at(double distance, String sha256) {
        return new Row(
                sha256,
                0,
                0,
                SmearClass.BENIGN,
                Malignancy.BENIGN,
                0,
                List.of(1.0, 0.0, 0.0),
                SHARP,
                OptionalDouble.of(distance));
    }

    static String sha256(String name) {
        return DigestUtils.sha256Hex(name);
    }

    static List<Row> copies(int count, Row row) {
        return Collections.nCopies(count, row);
    }
}
