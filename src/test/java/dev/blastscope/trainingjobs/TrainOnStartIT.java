package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.SmearFolder;
import dev.blastscope.assembly.ApplicationParts;
import dev.blastscope.inference.UnusableModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TrainOnStartIT {

    private final Path folder;
    private final ApplicationContextRunner service;
    private final List<Map<String, Object>> progress = new ArrayList<>();

    TrainOnStartIT(@TempDir Path folder) {
        this.folder = folder;
        service = new ApplicationContextRunner()
                .withUserConfiguration(ApplicationParts.class, TrainOnStart.class, Settings.class)
                .withPropertyValues("blastscope.home=" + folder.resolve("home"), "blastscope.training.epochs=2");
    }

    @Test
    void trainsAFirstModelAndShowsHowFarItIs() throws IOException {
        SmearFolder.write(folder.resolve("smears"), 4);
        train("smears").run(context -> {
            ModelStore store = context.getBean(ModelStore.class);
            context.getBean(TrainOnStart.class).prepare(progress::add);

            assertThat(store.active()).isPresent();
            assertThat(progress)
                    .extracting(shown -> shown.get("stage"))
                    .contains("training: features", "training: heads");
            assertThat(progress).anySatisfy(shown -> assertThat(shown)
                    .containsEntry("done", 16L)
                    .containsEntry("total", 16L)
                    .containsEntry("stageNumber", 1)
                    .containsEntry("stageSecondsLeft", 0L));
            assertThat(progress)
                    .extracting(shown -> shown.get("stageCount"))
                    .containsOnly(progress.get(0).get("stageCount"));
            assertThat(progress.get(progress.size() - 1))
                    .as("the last stage")
                    .containsEntry("stageNumber", progress.get(0).get("stageCount"))
                    .containsKey("secondsLeft");

            progress.clear();
            context.getBean(TrainOnStart.class).prepare(progress::add);

            assertThat(progress).as("a second start").isEmpty();
            assertThat(store.versions()).hasSize(1);
        });
    }

    @Test
    void doesNothingUnlessItIsTold() {
        service.run(context -> {
            context.getBean(TrainOnStart.class).prepare(progress::add);

            assertThat(progress).isEmpty();
            assertThat(folder.resolve("home")).doesNotExist();
        });
    }

    @Test
    void saysWhyADataSetCannotBeTrainedOn() throws IOException {
        SmearFolder.writeClass(folder.resolve("smears"), SmearClass.PRO_B, 4);
        train("smears").run(context -> {
            assertThatExceptionOfType(UnusableModel.class)
                    .isThrownBy(() -> context.getBean(TrainOnStart.class).prepare(progress::add))
                    .withMessageContaining("pre_b has no usable image");
            assertThat(context.getBean(ModelStore.class).active()).isEmpty();
        });
    }

    @Test
    void aBackboneThatIsNoneFailsTheStart() throws IOException {
        Path backbone = Files.writeString(folder.resolve("backbone.safetensors"), "no weights at all");
        service.withPropertyValues("blastscope.backbone=" + backbone)
                .run(context ->
                        assertThat(context).hasFailed().getFailure().rootCause().isInstanceOf(InvalidWeights.class));
    }

    private ApplicationContextRunner train(String dataset) {
        return service.withPropertyValues("blastscope.train-on-start=" + folder.resolve(dataset));
    }

    @EnableConfigurationProperties({TrainOnStart.Settings.class, TrainingSettings.class})
    static class Settings {}
}
