package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.Strace;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.Inspection;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A program that takes in a data set and deletes another is killed at every change that it makes to the disk. */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIf(value = "dev.blastscope.Strace#isThere", disabledReason = "needs strace, and the right to trace")
class KilledUploadIT {

    static final Iterable<String> CHANGES = Strace.CHANGES;

    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);
    private static final String OLD = "old";
    private static final String NEW = "new";

    private final Path folder;

    KilledUploadIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @FieldSource("CHANGES")
    void leavesWholeDataSetsAndNothingElse(String call) throws Exception {
        int n = 1;
        Path root = withOldDataset(n);
        while (Strace.kills(call, n, Victim.class, root)) {
            DatasetStore store = Stores.in(root);
            store.sweep();
            assertThat(root).isDirectoryNotContaining("glob:**/.*");
            for (DatasetReport report : store.reports()) {
                Dataset stored = Dataset.read(store.folder(report.name()));
                assertThat(Inspection.of(stored, DECODER).digest()).isEqualTo(report.digest());
            }
            Stores.put(store, NEW, Zip.ofSmears("", 1));
            assertThat(store.report(NEW).images()).hasSize(4);
            n++;
            root = withOldDataset(n);
        }
        assertThat(n).as("calls, and one").isGreaterThan(1);
        assertThat(Stores.in(root).reports()).extracting(DatasetReport::name).containsExactly(NEW);
    }

    private Path withOldDataset(int n) throws Exception {
        Path root = Files.createDirectory(folder.resolve("at-" + n));
        Stores.put(Stores.in(root), OLD, Zip.ofSmears("", 1));
        return root;
    }

    /** What is killed. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] args) throws Exception {
            DatasetStore store = Stores.in(Path.of(args[0]));
            Stores.put(store, NEW, Zip.ofSmears("", 1));
            store.delete(OLD);
        }
    }
}
