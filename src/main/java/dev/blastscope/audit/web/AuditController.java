package dev.blastscope.audit.web;

import dev.blastscope.audit.AuditRecords;
import dev.blastscope.audit.AuditReport;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.audit.AuditVerification;
import dev.blastscope.audit.NotedHead;
import dev.blastscope.web.RequestRefused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail over HTTP. */
@Tag(
        name = "Administration: audit",
        description = "Who did what, and what was decided on which image, in a chain that shows changes")
@RestController
@RequestMapping(path = "/api/v1/admin/audit", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {

    private static final int MOST = 1_000;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final AuditRecords records;
    private final AuditVerification verification;
    private final AuditTrail trail;

    AuditController(AuditRecords records, AuditVerification verification, AuditTrail trail) {
        this.records = records;
        this.verification = verification;
        this.trail = trail;
    }

    @Operation(summary = "The records from a number on, oldest first")
    @ApiResponse(responseCode = "200", description = "The records; empty behind the last one")
    @GetMapping
    AuditPageJson page(@RequestParam(defaultValue = "1") long from, @RequestParam(defaultValue = "100") int limit) {
        if (from < 1 || limit < 1 || limit > MOST) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-page",
                    "from must be at least 1, and limit between 1 and " + MOST + ".");
        }
        return new AuditPageJson(
                records.page(from, limit).stream().map(AuditRecordJson::of).toList());
    }

    @Operation(
            summary = "Verify the whole chain",
            description = "Finds records that were changed, removed or inserted; with a head that was noted earlier,"
                    + " NUMBER:HASH, also a chain that was computed anew.")
    @ApiResponse(responseCode = "200", description = "Whether it is intact, and if not, the first bad record")
    @PostMapping("/verify")
    AuditReport verify(@RequestParam Optional<String> noted) {
        try {
            return verification.verify(noted.map(NotedHead::parse));
        } catch (IllegalArgumentException e) {
            throw new RequestRefused(HttpStatus.BAD_REQUEST, "invalid-head", String.valueOf(e.getMessage()));
        }
    }

    @Operation(
            summary = "Erase what is recorded about an image",
            description = "The records stay in the chain, with nothing but their time, actor and action.")
    @ApiResponse(responseCode = "200", description = "How many records were erased")
    @DeleteMapping("/images/{sha256}")
    ErasedJson erase(@PathVariable String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-digest",
                    "An image is named by the SHA-256 of its file, 64 lower-case hexadecimal digits, as predictions tell it.");
        }
        return new ErasedJson(trail.erase(sha256));
    }

    /** Some records, oldest first. */
    @Schema(name = "AuditPage")
    record AuditPageJson(List<AuditRecordJson> records) {}

    /** How many records were erased. */
    @Schema(name = "Erased")
    record ErasedJson(int records) {}
}
