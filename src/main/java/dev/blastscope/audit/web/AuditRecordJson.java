package dev.blastscope.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.blastscope.audit.AuditRecord;
import dev.blastscope.audit.Contents;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record as the admin sees it. */
@Schema(name = "AuditRecord")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditRecordJson(
        @Schema(example = "17") long sequence,
        Instant time,
        @Schema(example = "anonymous") String actor,
        @Schema(example = "PREDICTION") String action,

        @Schema(description = "Whether its contents were erased")
        boolean erased,

        @Schema(description = "SHA-256 of the image that it is about") @Nullable
        String image,

        @Schema(description = "What it is about, by action", implementation = Object.class) @JsonRawValue @Nullable
        String details,

        @Schema(description = "Random; the digest covers it") @Nullable
        String salt,

        @Schema(description = "Salted digest of image and details")
        String digest,

        String previousHash,
        String hash) {

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
