package dev.blastscope.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.audit.AuditRecord.Contents;
import dev.blastscope.audit.AuditRecord.Entry;
import dev.blastscope.audit.AuditRecord.Link;
import java.time.Instant;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class FieldHashTest {

    @Test
    void eachFieldIsPrecededByItsLengthInBytes() {
        byte[] encoded = {0, 0, 0, 2, 'a', 'b', 0, 0, 0, 2, (byte) 0xc3, (byte) 0xa9, 0, 0, 0, 0};

        assertThat(FieldHash.of("ab", "\u00e9", "")).isEqualTo(DigestUtils.sha256Hex(encoded));
    }

    @Test
    void fieldsCannotBeShiftedIntoOneAnother() {
        assertThat(FieldHash.of("ab", "c")).isNotEqualTo(FieldHash.of("a", "bc"));
        assertThat(FieldHash.of("ab")).isNotEqualTo(FieldHash.of("ab", ""));
    }

    @Test
    void aRecordsHashStaysWhatItIsForOldTrails() {
        Entry entry = new Entry(
                Instant.parse("2026-11-23T01:02:03.000004Z"),
                "anonymous",
                "PREDICTION",
                new Contents("00", Optional.of("image"), Optional.empty(), "{}"));

        AuditRecord record = entry.after(Link.GENESIS);

        assertThat(record.digest()).isEqualTo(FieldHash.of("blastscope-audit-contents-1", "00", "image", "{}"));
        assertThat(record.hash())
                .isEqualTo(FieldHash.of(
                        "blastscope-audit-1",
                        "1",
                        "2026-11-23T01:02:03.000004Z",
                        "anonymous",
                        "PREDICTION",
                        record.digest(),
                        "0".repeat(64)));
    }
}
