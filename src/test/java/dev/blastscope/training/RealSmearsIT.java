package dev.blastscope.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.network.Freeze;
import dev.blastscope.prediction.SmearClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class RealSmearsIT {

    private static final int PER_CLASS = 30;

    @Test
    @EnabledIfEnvironmentVariable(
            named = "BLASTSCOPE_DATA",
            matches = ".+",
            disabledReason = "trains on some real smears of each class")
    void aHundredSmearsAreEnoughToTellMostOfThemApart(@TempDir Path folder) throws Exception {
        for (SmearClass smearClass : SmearClass.values()) {
            copySome(smearClass.name().toLowerCase(Locale.ROOT), folder.resolve("smears"));
        }

        Candidate candidate = Trainings.train(
                folder.resolve("smears"),
                folder.resolve("cache"),
                Trainings.settings(7, Freeze.BACKBONE, 20),
                Trainings.UNHEARD);

        EvaluationFigures grouped = candidate.fp32().card().evaluations().get(0);
        assertThat(candidate.problems()).isEmpty();
        assertThat(grouped.malignancy().auroc())
                .hasValueSatisfying(auroc -> assertThat(auroc.value()).isGreaterThan(0.9));
        assertThat(grouped.fourClass().accuracy().value()).isGreaterThan(0.8);
    }

    /** Every so many, so that they are of different slides. */
    private static void copySome(String name, Path dataset) throws Exception {
        Files.createDirectories(dataset.resolve(name));
        try (Stream<Path> files = Files.list(Path.of(System.getenv("BLASTSCOPE_DATA"), "all", name))) {
            List<Path> all = files.sorted().toList();
            for (int i = 0; i < PER_CLASS; i++) {
                Path file = all.get(i * all.size() / PER_CLASS);
                Files.copy(file, dataset.resolve(name).resolve(file.getFileName()));
            }
        }
    }
}
