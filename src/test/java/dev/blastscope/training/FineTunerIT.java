package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import dev.blastscope.SmearFolder;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.Freeze;
import dev.blastscope.safetensors.Tensor;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training the backbone too, on four drawings, one of each class. */
class FineTunerIT {

    private static final List<Integer> ALL = IntStream.range(0, 4).boxed().toList();
    private static final int PAGE_KB = 4;

    private static List<PreparedImage> images;

    @BeforeAll
    static void draw(@TempDir Path folder) throws Exception {
        images = Trainings.prepare(SmearFolder.write(folder.resolve("smears"), 1), folder.resolve("cache"));
    }

    @ParameterizedTest
    @CsvSource({"LAYER3, 5, layer4", "NONE, 2, ''"})
    void onlyWhatIsNotFrozenLearnsAndTheLossFalls(Freeze freeze, int epochs, String learning) throws Exception {
        Learner.Learned heads = new HeadTrainer(
                        Trainings.BACKBONE, images, Trainings.settings(7, freeze, epochs), Device.cpu())
                .learn(ALL, ALL, Trainings.UNHEARD);
        Learner.Learned tuned = tuner(freeze, epochs).learn(ALL, ALL, Trainings.UNHEARD);

        assertThat(validationLoss(tuned)).isLessThan(validationLoss(heads));
        Map<String, Tensor> after = BackboneWeights.read(tuned.backbone()).tensors();
        assertThat(Trainings.BACKBONE.weights().tensors()).allSatisfy((name, tensor) -> assertThat(after)
                .hasEntrySatisfying(name, now -> assertThat(Arrays.equals(now.values(), tensor.values()))
                        .as("%s is as it was", name)
                        .isEqualTo(!name.startsWith(learning))));
        assertThat(tuned.heads().toSafetensors()).isNotEqualTo(heads.heads().toSafetensors());
    }

    @Test
    void stepsLeaveNoNativeMemoryBehind() throws Exception {
        Path statm = Path.of("/proc/self/statm");
        assumeTrue(Files.exists(statm), "the resident memory is read from /proc");
        List<Long> resident = new ArrayList<>();
        List<Integer> threeSteps =
                Stream.of(ALL, ALL, ALL).flatMap(List::stream).toList();
        tuner(Freeze.NONE, 4).learn(threeSteps, ALL, new TrainingProgress() {
            @Override
            public void begin(String stage, long total) {
                resident.clear();
            }

            @Override
            public void done(long done, String remark) {
                resident.add(residentMegabytes(statm));
            }
        });

        // Each of six steps would leave some 190 MB if its activations leaked; the heap alone may grow a little.
        assertThat(resident).hasSize(4);
        assertThat(resident.get(3) - resident.get(1)).isLessThan(700);
    }

    @Test
    void anInterruptEndsFineTuningToo() {
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> tuner(Freeze.LAYER3, 2).learn(ALL, ALL, Trainings.interruptAt("fine-tuning", 1)))
                .withMessageContaining("in epoch 2");
    }

    private static FineTuner tuner(Freeze freeze, int epochs) {
        return new FineTuner(
                Trainings.BACKBONE,
                images,
                new ImagePreparation(Trainings.DECODER, new FeatureCache(Path.of("unused"))),
                Trainings.settings(7, freeze, epochs),
                Device.cpu());
    }

    private static double validationLoss(Learner.Learned learned) {
        return Double.parseDouble(String.valueOf(learned.course().get("validationLoss")));
    }

    private static long residentMegabytes(Path statm) {
        try {
            return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * PAGE_KB / 1024;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
