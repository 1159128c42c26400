package dev.blastscope.modelstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.blastscope.image.ImageQuality;
import dev.blastscope.modelstore.OutOfFoldAnswers.Row;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.prediction.SmearClass;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfFoldAnswersTest {

    private static final String HEADER =
            "sha256,group,fold,truth,outcome,malignant,early_pre_b,pre_b,pro_b,sharpness,brightness,stain,contrast,clipped,nuclei,distance\n";

    private final Row benign = new Row(
            "a1".repeat(32),
            0,
            2,
            SmearClass.BENIGN,
            Malignancy.BENIGN,
            0.1234567890123,
            List.of(0.2, 0.5, 0.3),
            new ImageQuality(12.25, 250, 40.5, 31.5, 0.0312, 0.0625),
            OptionalDouble.of(0.375));
    private final Row proB = new Row(
            "b2".repeat(32),
            7,
            0,
            SmearClass.PRO_B,
            Malignancy.MALIGNANT,
            1,
            List.of(1e-9, 0.0, 1.0),
            new ImageQuality(0, 0, 0, 0, 0, 0),
            OptionalDouble.empty());

    @Test
    void itsFileIsATableThatIsReadBackExactly() {
        OutOfFoldAnswers answers = new OutOfFoldAnswers(List.of(benign, proB));
        String file = new String(answers.toBytes(), UTF_8);

        assertThat(file)
                .startsWith(HEADER + "a1a1")
                .contains(
                        ",0,2,BENIGN,BENIGN,0.1234567890123,0.2,0.5,0.3,12.25,250.0,40.5,31.5,0.0312,0.0625,0.375\n",
                        ",7,0,PRO_B,MALIGNANT,1.0,1.0E-9,0.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,\n");
        assertThat(OutOfFoldAnswers.read(answers.toBytes()).rows()).containsExactly(benign, proB);
    }

    @Test
    void anAnswerIsFoundByItsImage() {
        OutOfFoldAnswers answers = new OutOfFoldAnswers(List.of(benign, proB));

        assertThat(answers.find(proB.sha256())).isEqualTo(Optional.of(proB));
        assertThat(answers.find("c3".repeat(32))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x,0,0,BENIGN,BENIGN,0.1,0.2,0.5,0.3",
                "SHA,0,0,BENIGN,BENIGN,0.1,0.2,0.5",
                "SHA,0,0,BENIGN,BENIGN,0.1,0.2,0.5,0.3,0",
                "SHA,0,0,CAT,BENIGN,0.1,0.2,0.5,0.3",
                "SHA,0,0,BENIGN,BENIGN,1.1,0.2,0.5,0.3",
                "SHA,0,0,BENIGN,BENIGN,NaN,0.2,0.5,0.3",
                "SHA,zero,0,BENIGN,BENIGN,0.1,0.2,0.5,0.3"
            })
    void aLineThatIsNoAnswerIsNamed(String line) {
        String file = HEADER + line.replace("SHA", "a1".repeat(32)) + "\n";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutOfFoldAnswers.read(file.getBytes(UTF_8)))
                .withMessage("out-of-fold.csv, line 2, is no answer");
    }

    @Test
    void aFileWithoutItsHeaderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OutOfFoldAnswers.read(new byte[0]))
                .withMessageStartingWith("out-of-fold.csv does not begin with sha256,group");
    }

    @Test
    void aPublishedModelKeepsThem(@TempDir Path models) throws Exception {
        ModelStore store = Models.store(models, "2026-11-22T12:00:00Z");
        String version = Models.publish(
                store, Optional.empty(), Optional.of(new OutOfFoldAnswers(List.of(benign, proB)).toBytes()));

        assertThat(store.open(version).files().outOfFold().map(OutOfFoldAnswers::read))
                .hasValueSatisfying(answers -> assertThat(answers.rows()).containsExactly(benign, proB));
    }
}
