package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.Inspection;
import dev.blastscope.dataset.Split;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.prediction.SmearClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A training sees in a stored data set what it would see in the folder that was sent. */
@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_DATA",
        matches = ".+",
        disabledReason = "BLASTSCOPE_DATA names no folder with the Taleqani smears")
class StoredSmearsIT {

    private static final int PER_CLASS = 100;

    @Test
    void digestGroupsAndSplitAreThoseOfTheOriginalFolder(@TempDir Path temp) throws Exception {
        Path original = temp.resolve("original");
        copySome(original);
        DatasetStore store = Stores.in(temp.resolve("datasets"));
        DatasetReport report = Stores.put(store, "taleqani", Zip.of(original)).report();

        Inspection sent = inspect(original);
        Inspection stored = inspect(store.folder("taleqani"));

        assertThat(sent.images()).hasSize(4 * PER_CLASS);
        assertThat(names(stored)).isEqualTo(names(sent));
        assertThat(labels(stored)).isEqualTo(labels(sent));
        assertThat(stored.groups()).isEqualTo(sent.groups());
        assertThat(sent.groups().count()).isBetween(40, 3 * PER_CLASS);
        assertThat(report.digest()).isEqualTo(sent.digest());
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(Split.grouped(stored.groups().groupOf(), labels(stored), seed))
                    .isEqualTo(Split.grouped(sent.groups().groupOf(), labels(sent), seed));
        }
    }

    private static Inspection inspect(Path folder) throws Exception {
        return Inspection.of(Dataset.read(folder), new ImageDecoder(ImageLimits.DEFAULT));
    }

    private static List<String> names(Inspection inspection) {
        return inspection.images().stream().map(image -> image.image().name()).toList();
    }

    private static List<SmearClass> labels(Inspection inspection) {
        return inspection.images().stream().map(image -> image.image().label()).toList();
    }

    /** The last ones, because Pro-B's duplicates are among them. */
    private static void copySome(Path target) throws Exception {
        for (SmearClass label : SmearClass.values()) {
            String name = label.name().toLowerCase(Locale.ROOT);
            Path folder = Files.createDirectories(target.resolve(name));
            try (Stream<Path> files = Files.list(Path.of(System.getenv("BLASTSCOPE_DATA"), "all", name))) {
                List<Path> all = files.sorted().toList();
                for (Path file : all.subList(all.size() - PER_CLASS, all.size())) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
        }
    }
}
