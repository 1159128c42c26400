package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrecisionCheckTest {

    private static final int GROUPS = 400;

    @Test
    void equalAnswersPassHoweverFew() {
        assertThat(PrecisionCheck.failed(answers(2, 4), answers(2, 4))).isEmpty();
        assertThat(PrecisionCheck.failed(
                        answers(2, 4).subList(0, 9), answers(2, 4).subList(0, 9)))
                .isEmpty();
    }

    @Test
    void oneMoreErrorAmongTwoHundredPasses() {
        assertThat(PrecisionCheck.failed(answers(2, 4), answers(3, 4))).isEmpty();
    }

    @Test
    void aLossOfSensitivityFails() {
        assertThat(PrecisionCheck.failed(answers(2, 4), answers(12, 4)))
                .containsExactly("sensitivity", "four-class accuracy");
    }

    @Test
    void aLossOfSpecificityFails() {
        assertThat(PrecisionCheck.failed(answers(2, 4), answers(2, 14)))
                .containsExactly("specificity", "four-class accuracy");
    }

    @Test
    void betterAnswersPass() {
        assertThat(PrecisionCheck.failed(answers(12, 14), answers(0, 0))).isEmpty();
    }

    /**
     * Half of the images are benign, of which so many are called malignant; the others Pre-B, so many called benign.
     */
    private static List<Answer> answers(int missed, int alarms) {
        List<Answer> answers = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            boolean malignant = group % 2 == 1;
            boolean called = malignant ? group / 2 >= missed : group / 2 < alarms;
            answers.add(new Answer(
                    malignant ? SmearClass.PRE_B : SmearClass.BENIGN,
                    group,
                    called ? Malignancy.MALIGNANT : Malignancy.BENIGN,
                    called ? 0.9 : 0.1,
                    List.of(0.1, 0.8, 0.1)));
        }
        return answers;
    }
}
