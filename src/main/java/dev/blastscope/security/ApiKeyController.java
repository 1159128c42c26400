package dev.blastscope.security;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.security.ApiKeys.ApiKey;
import dev.blastscope.security.ApiKeys.IssuedKey;
import dev.blastscope.web.Problems;
import dev.blastscope.web.RequestRefused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The administration of keys over HTTP. */
@Tag(name = "Administration: keys", description = "The keys of clients: created, rotated and deleted by admins")
@RestController
@RequestMapping(path = "/api/v1/admin/keys", produces = MediaType.APPLICATION_JSON_VALUE)
class ApiKeyController {

    private static final Logger log = LoggerFactory.getLogger(ApiKeyController.class);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Names of clients for which no admin created a key. */
    private static final Set<String> TAKEN = Set.of(KeyFilter.ANONYMOUS, AdminAccess.NAME, FirstAdminKey.NAME);

    private final ApiKeys keys;
    private final AdminAccess admins;
    private final AuditTrail audit;

    ApiKeyController(ApiKeys keys, AdminAccess admins, AuditTrail audit) {
        this.keys = keys;
        this.admins = admins;
        this.audit = audit;
    }

    @Operation(operationId = "listKeys", summary = "Lists all keys, oldest first, without their secrets")
    @ApiResponse(responseCode = "200", description = "The keys")
    @GetMapping
    List<ApiKey> keys() {
        return keys.all();
    }

    @Operation(
            operationId = "createKey",
            summary = "Creates a key",
            description = "Its secret is in this response, and is never shown again.")
    @ApiResponse(responseCode = "201", description = "The key and its secret")
    @Problems({"invalid-key-name", "invalid-key-role", "name-taken"})
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<IssuedKey> create(@RequestBody NewKey wanted) {
        String name = name(wanted);
        Role role = role(wanted);
        IssuedKey issued = TAKEN.contains(name) ? null : keys.create(name, role).orElse(null);
        if (issued == null) {
            throw new RequestRefused(AccessProblems.NAME_TAKEN);
        }
        audit.record(AuditAction.KEY_CREATED, Map.of("key", issued.key().id(), "name", name, "role", role.word()));
        log.info("Created the key {} with the role {}", name, role.word());
        return shownOnce(HttpStatus.CREATED, issued);
    }

    @Operation(
            operationId = "rotateKey",
            summary = "Gives a key a new secret",
            description = "The new secret is in this response, and is never shown again. The old one stops working at"
                    + " once, or after blastscope.security.rotation-grace.")
    @ApiResponse(responseCode = "200", description = "The key and its new secret")
    @Problems("no-such-key")
    @PostMapping("/{id}/rotate")
    ResponseEntity<IssuedKey> rotate(
            @Parameter(description = "The id of the key", example = "3f9a0c51b7e2") @PathVariable String id) {
        IssuedKey issued = keys.rotate(id).orElseThrow(ApiKeyController::noSuchKey);
        audit.record(
                AuditAction.KEY_ROTATED, Map.of("key", id, "name", issued.key().name()));
        log.info("Rotated the key {}", issued.key().name());
        return shownOnce(HttpStatus.OK, issued);
    }

    @Operation(operationId = "deleteKey", summary = "Deletes a key", description = "It stops working at once.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @Problems({"no-such-key", "last-admin-key"})
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@Parameter(description = "The id of the key", example = "3f9a0c51b7e2") @PathVariable String id) {
        switch (keys.delete(id, !admins.withoutStoredKey())) {
            case NO_SUCH_KEY -> throw noSuchKey();
            case LAST_ADMIN -> throw new RequestRefused(AccessProblems.LAST_ADMIN_KEY);
            case DELETED -> {
                audit.record(AuditAction.KEY_DELETED, Map.of("key", id));
                log.info("Deleted the key with the id {}", id);
            }
        }
    }

    private static String name(NewKey wanted) {
        if (wanted.name() == null || !NAME.matcher(wanted.name()).matches()) {
            throw new RequestRefused(AccessProblems.INVALID_KEY_NAME);
        }
        return wanted.name();
    }

    private static Role role(NewKey wanted) {
        return Role.of(String.valueOf(wanted.role()))
                .orElseThrow(() -> new RequestRefused(AccessProblems.INVALID_KEY_ROLE));
    }

    private static RequestRefused noSuchKey() {
        return new RequestRefused(AccessProblems.NO_SUCH_KEY);
    }

    private static ResponseEntity<IssuedKey> shownOnce(HttpStatus status, IssuedKey issued) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(issued);
    }

    @Schema(name = "NewApiKey", description = "A key to create")
    record NewKey(
            @Schema(
                    description = "Letters, digits, dots, dashes and underscores; the first is a letter or digit",
                    example = "ward-7",
                    maxLength = 64)
            @Nullable
            String name,

            @Schema(
                    description = "predict may request predictions; admin may also administer",
                    allowableValues = {"predict", "admin"},
                    example = "predict")
            @Nullable
            String role) {}
}
