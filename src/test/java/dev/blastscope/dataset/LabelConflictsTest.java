package dev.blastscope.dataset;

import static dev.blastscope.prediction.SmearClass.BENIGN;
import static dev.blastscope.prediction.SmearClass.PRE_B;
import static dev.blastscope.prediction.SmearClass.PRO_B;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelConflictsTest {

    @Test
    void leavesOutEveryImageOfAContentWithTwoLabels() {
        FingerprintedImage copy = Fingerprints.image(PRE_B, "pre/3.jpg", "agreed");
        FingerprintedImage agreed = Fingerprints.image(PRE_B, "pre/1.jpg", "agreed");

        Inspection.LabelConflicts conflicts = Inspection.LabelConflicts.among(List.of(
                copy,
                Fingerprints.image(PRO_B, "pro/1.jpg", "disputed"),
                Fingerprints.image(BENIGN, "benign/1.jpg", "disputed"),
                agreed,
                Fingerprints.image(PRO_B, "pro/2.jpg", "disputed")));

        assertThat(conflicts.agreed()).containsExactly(copy, agreed);
        assertThat(conflicts.problems())
                .extracting(Exclusion::toString)
                .containsExactly(
                        "pro/1.jpg: is labelled pro_b, but benign/1.jpg with the same content benign",
                        "benign/1.jpg: is labelled benign, but pro/1.jpg with the same content pro_b",
                        "pro/2.jpg: is labelled pro_b, but benign/1.jpg with the same content benign");
    }
}
