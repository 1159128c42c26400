package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.SmearFolder;
import dev.blastscope.assembly.ApplicationParts;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.training.ModelTraining;
import dev.blastscope.training.StartingBackbone;
import dev.blastscope.training.TrainingProgress;
import dev.blastscope.training.TrainingSettings;
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
                        "blastscope.promotion.sensitivity-floor=0",
                        "blastscope.promotion.margin=1",
                        "blastscope.promotion.calibration-margin=1");
    }

    @Test
    void aCandidateMeetsItsEqualAndAsManyOthersAsAreAllowed() throws Exception {
        SmearFolder.write(folder.resolve("smears"), 8);
        service.run(context -> {
            String first = train(context);
            String second = train(context);

            PromotionDecision equal = judge(context, second, first, 0);
            assertThat(equal.promoted()).as(equal.toText()).isTrue();
            assertThat(equal.active()).hasValue(first);
            assertThat(equal.comparison()).hasValueSatisfying(measured -> {
                assertThat(measured.activeNotesItsTraining()).isTrue();
                assertThat(measured.confidence()).isEqualTo(0.975);
                assertThat(measured.images().values()).containsOnly(8);
            });
            assertThat(equal.checks())
                    .extracting(PromotionDecision.Check::name)
                    .contains("accuracy", "reference-sensitivity", "reference-specificity", "reference-accuracy");

            PromotionDecision third = judge(context, second, first, 2);
            assertThat(third.comparison()).hasValueSatisfying(measured -> assertThat(measured.confidence())
                    .isEqualTo(1 - 0.05 / 8));
            PromotionDecision ninth = judge(context, second, first, 8);
            assertThat(ninth.promoted()).isFalse();
            assertThat(ninth.summary()).contains("8 candidates were judged on this data set before", "Add images");
        });
    }

    private PromotionDecision judge(ApplicationContext context, String candidate, String active, int looks)
            throws Exception {
        ModelStore store = context.getBean(ModelStore.class);
        return context.getBean(PromotionGate.class)
                .judge(store.open(candidate), store.open(active), folder.resolve("smears"), looks, UNHEARD);
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
