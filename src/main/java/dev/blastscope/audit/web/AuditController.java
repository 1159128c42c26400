package dev.blastscope.audit.web;

import dev.blastscope.audit.AuditRecords;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.audit.AuditVerification;
import dev.blastscope.audit.AuditVerification.NotedHead;
import dev.blastscope.web.Problems;
import dev.blastscope.web.RequestRefused;
import dev.blastscope.web.WebProblems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.annotations.ParameterObject;
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
        description = "Who did what, and what was predicted for which image, in a chain that shows every change")
@RestController
@RequestMapping(path = "/api/v1/admin/audit", produces = MediaType.APPLICATION_JSON_VALUE)
class AuditController {

    private static final int MAX_LIMIT = 1_000;

    private final AuditRecords records;
    private final AuditVerification verification;
    private final AuditTrail trail;

    AuditController(AuditRecords records, AuditVerification verification, AuditTrail trail) {
        this.records = records;
        this.verification = verification;
        this.trail = trail;
    }

    @Operation(
            operationId = "listAuditRecords",
            summary = "Lists and searches the audit trail, oldest records first",
            description =
                    "A record is listed if it meets all of the given criteria. To read on, pass the sequence of the"
                            + " last record plus one as from.")
    @ApiResponse(responseCode = "200", description = "The records; none beyond the end of the audit trail")
    @Problems({"invalid-page", "invalid-filter", "bad-request"})
    @GetMapping
    AuditPageJson list(
            @ParameterObject AuditFilter filter,
            @Parameter(description = "Number of the first record", example = "1") @RequestParam(defaultValue = "1")
                    long from,
            @Parameter(description = "Maximum number of records, up to 1000", example = "100")
                    @RequestParam(defaultValue = "100")
                    int limit) {
        if (from < 1 || limit < 1 || limit > MAX_LIMIT) {
            throw new RequestRefused(WebProblems.INVALID_PAGE);
        }
        return new AuditPageJson(records.search(filter.criteria(), from, limit).stream()
                .map(AuditRecordJson::of)
                .toList());
    }

    @Operation(
            operationId = "verifyAuditTrail",
            summary = "Verifies the integrity of the audit trail",
            description =
                    "Finds records that were changed, removed or inserted; with a head that was noted earlier, also"
                            + " a chain that was computed anew.")
    @ApiResponse(responseCode = "200", description = "Whether it is intact, and if not, the first bad record")
    @Problems("invalid-head")
    @PostMapping("/verify")
    AuditVerification.Report verify(
            @Parameter(description = "A head noted earlier, as NUMBER:HASH") @RequestParam Optional<String> noted) {
        try {
            return verification.verify(noted.map(NotedHead::parse));
        } catch (IllegalArgumentException e) {
            throw new RequestRefused(AuditProblems.INVALID_HEAD, String.valueOf(e.getMessage()));
        }
    }

    @Operation(
            operationId = "eraseImage",
            summary = "Erases what is recorded about an image",
            description =
                    "The records stay in the chain with their time, actor and action; their contents are deleted.")
    @ApiResponse(responseCode = "200", description = "The number of erased records")
    @Problems("invalid-digest")
    @DeleteMapping("/images/{sha256}")
    ErasedJson erase(
            @Parameter(
                            description = "SHA-256 of the image file, as in its prediction",
                            example = "0577c501f009dc001c39bd02daac5fa00d30157faed12b55683b18892ce0e80d")
                    @PathVariable
                    String sha256) {
        if (!AuditFilter.SHA256.matcher(sha256).matches()) {
            throw new RequestRefused(AuditProblems.INVALID_DIGEST);
        }
        return new ErasedJson(trail.erase(sha256));
    }

    @Schema(name = "AuditPage", description = "Some records of the audit trail")
    record AuditPageJson(
            @ArraySchema(arraySchema = @Schema(description = "Oldest first"))
            List<AuditRecordJson> records) {}

    @Schema(name = "Erased", description = "The result of an erasure")
    record ErasedJson(
            @Schema(description = "Number of erased records", example = "2")
            int records) {}
}
