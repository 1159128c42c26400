package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.blastscope.SmearFolder;
import dev.blastscope.assembly.ApplicationParts;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.NoSuchModel;
import dev.blastscope.training.ModelTraining;
import dev.blastscope.training.StartingBackbone;
import dev.blastscope.training.TrainingProgress;
import dev.blastscope.training.TrainingSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Candidates of real trainings, on drawings, before the gate. */
class PromotionIT {

    private static final TrainingProgress UNHEARD = new TrainingProgress() {
        @Override
        public void begin(String stage, long total) {}

        @Override
        public void done(long done, String remark) {}
    };

    private final Path folder;
    private final ApplicationContextRunner service;

    PromotionIT(@TempDir Path folder) {
        this.folder = folder;
        service = new ApplicationContextRunner()
                .withUserConfiguration(ApplicationParts.class, PromotionGate.class, Settings.class)
                .withPropertyValues(
                        "blastscope.home=" + folder.resolve("home"),
                        "blastscope.precision=fp32",
                        "blastscope.training.epochs=2",
                        "blastscope.promotion.images-per-class=1",
                        "blastscope.promotion.sensitivity-floor=0");
    }

    @Test
    void aCandidateMeetsNoModelThenItsEqualThenADamagedOne() throws Exception {
        SmearFolder.write(folder.resolve("smears"), 8);
        service.run(context -> {
            ModelStore store = context.getBean(ModelStore.class);
            String first = train(context);

            PromotionDecision unopposed = judge(context, first);
            assertThat(unopposed.promoted()).isTrue();
            assertThat(unopposed.toText()).contains("No model was active");

            store.activate(first);
            String second = train(context);
            PromotionDecision equal = judge(context, second);
            assertThat(equal.promoted()).as(equal.toText()).isTrue();
            assertThat(equal.active()).hasValue(first);
            assertThat(equal.comparison()).hasValueSatisfying(measured -> assertThat(measured.activeNotesItsTraining())
                    .isTrue());

            Files.write(folder.resolve("home/models").resolve(first).resolve("heads.safetensors"), new byte[8]);
            PromotionDecision incomparable = judge(context, second);
            assertThat(incomparable.promoted()).isFalse();
            assertThat(incomparable.summary())
                    .startsWith("Model " + second + " may not become active. There is nothing to compare with.");

            assertThatExceptionOfType(NoSuchModel.class).isThrownBy(() -> judge(context, "2020-01-01.1"));
        });
    }

    private PromotionDecision judge(ApplicationContext context, String version) throws Exception {
        return context.getBean(PromotionGate.class).judge(version, folder.resolve("smears"), UNHEARD);
    }

    private String train(ApplicationContext context) throws Exception {
        return context.getBean(ModelTraining.class)
                .train(
                        folder.resolve("smears"),
                        context.getBean(StartingBackbone.class),
                        List.of(),
                        context.getBean(TrainingSettings.class),
                        UNHEARD)
                .publish(context.getBean(ModelStore.class))
                .toString();
    }

    @EnableConfigurationProperties({PromotionGate.Settings.class, TrainingSettings.class})
    static class Settings {}
}
