package dev.blastscope.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.audit.AuditRecord.Contents;
import dev.blastscope.audit.AuditVerification.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledProcessIT {

    @Test
    void nothingAcknowledgedIsLostAndTheChainGoesOn(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("database");
        List<String> acknowledged = new ArrayList<>();
        for (int killing = 1; killing <= 3; killing++) {
            try (RecordingProcess victim = RecordingProcess.start(file, "run" + killing)) {
                for (int i = 0; i < 40 * killing; i++) {
                    acknowledged.add(victim.next());
                }
            }
        }

        AuditDatabase database = AuditDatabase.h2(file.toString());
        Report report = database.verify();
        assertThat(report.intact()).as(report.sentence()).isTrue();
        Set<String> recorded = new HashSet<>();
        for (AuditRecord record : database.records().page(1, Integer.MAX_VALUE)) {
            recorded.add(record.contents().flatMap(Contents::image).orElse(""));
        }
        assertThat(recorded).containsAll(acknowledged);
    }
}
