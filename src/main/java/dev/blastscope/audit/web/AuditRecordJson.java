package dev.blastscope.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.blastscope.audit.AuditRecord;
import dev.blastscope.audit.AuditRecord.Contents;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record of the audit trail as admins see it. */
@Schema(name = "AuditRecord", description = "A record of the audit trail")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditRecordJson(
        @Schema(description = "Number of the record, from 1 without gaps", example = "17")
        long sequence,

        @Schema(description = "When it happened, by the clock of the replica")
        Instant time,

        @Schema(
                description = "Who did it: the name of a key, the subject of a token, anonymous, or service",
                example = "anonymous")
        String actor,

        @Schema(description = "What was done", example = "PREDICTION")
        String action,

        @Schema(description = "Whether its contents were erased")
        boolean erased,

        @Schema(description = "SHA-256 of the image that it is about") @Nullable
        String image,

        @Schema(
                description = "What it is about, by action; for a prediction its predictionId, the model, the outcome"
                        + " and the exact probabilities",
                implementation = Object.class)
        @JsonRawValue
        @Nullable
        String details,

        @Schema(description = "Random digits that the digest covers") @Nullable
        String salt,

        @Schema(description = "Salted digest of the image and the details")
        String digest,

        @Schema(description = "Hash of the previous record; 64 zeros for the first")
        String previousHash,

        @Schema(description = "Hash of this record") String hash) {

    static AuditRecordJson of(AuditRecord record) {
        return new AuditRecordJson(
                record.sequence(),
                record.time(),
                record.actor(),
                record.action(),
                record.contents().isEmpty(),
                record.contents().flatMap(Contents::image).orElse(null),
                record.contents().map(Contents::details).orElse(null),
                record.contents().map(Contents::salt).orElse(null),
                record.digest(),
                record.previousHash(),
                record.hash());
    }
}
