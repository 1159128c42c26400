package dev.blastscope.security;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
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

/** Keys over HTTP, for admins. */
@Tag(
        name = "Administration: keys",
        description = "Who may call: each caller's own key, named, rotated and deleted by admins")
@RestController
@RequestMapping(path = "/api/v1/admin/keys", produces = MediaType.APPLICATION_JSON_VALUE)
class ApiKeyController {

    static final String INVALID_ROLE = "A key's role is predict or admin.";
    static final String NAME_TAKEN = "There is a key of this name. Choose another, or rotate that one.";
    static final String NO_SUCH_KEY = "There is no key with this id. /api/v1/admin/keys lists them.";
    static final String LAST_ADMIN_KEY =
            "This is the last admin key, and nobody could make another. Make one first, or set"
                    + " up OAuth2 or blastscope.security.admin-key.";
    private static final String INVALID_NAME =
            "A key's name has 1 to 64 letters, digits, dots, dashes and underscores, and"
                    + " begins with a letter or digit. Send {\"name\": \"ward-7\", \"role\": \"predict\"}.";

    private static final Logger log = LoggerFactory.getLogger(ApiKeyController.class);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Names that say who called where no admin made a key. */
    private static final Set<String> TAKEN = Set.of(Callers.ANONYMOUS, AdminKeySetting.NAME, FirstAdminKey.NAME);

    private final ApiKeys keys;
    private final AdminAccess admins;
    private final AuditTrail audit;

    ApiKeyController(ApiKeys keys, AdminAccess admins, AuditTrail audit) {
        this.keys = keys;
        this.admins = admins;
        this.audit = audit;
    }

    @Operation(summary = "All keys, oldest first, without their secrets")
    @ApiResponse(responseCode = "200", description = "The keys")
    @GetMapping
    List<ApiKey> keys() {
        return keys.all();
    }

    @Operation(summary = "Make a key", description = "Its secret is shown in this answer, and never again.")
    @ApiResponse(responseCode = "201", description = "The key and its secret")
    @ApiResponse(responseCode = "409", ref = "NameTaken")
    @Problems("invalid-body")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<IssuedKey> create(@RequestBody NewKey wanted) {
        String name = name(wanted);
        Role role = role(wanted);
        IssuedKey issued = TAKEN.contains(name) ? null : keys.create(name, role).orElse(null);
        if (issued == null) {
            throw new RequestRefused(HttpStatus.CONFLICT, "name-taken", NAME_TAKEN);
        }
        audit.record(AuditAction.KEY_CREATED, Map.of("key", issued.key().id(), "name", name, "role", role.word()));
        log.info("The key {} was made, with the role {}", name, role.word());
        return shownOnce(HttpStatus.CREATED, issued);
    }

    @Operation(
            summary = "Give a key a new secret",
            description = "It is shown in this answer, and never again. The old one stops working now, or after"
                    + " blastscope.security.rotation-grace.")
    @ApiResponse(responseCode = "200", description = "The key and its new secret")
    @ApiResponse(responseCode = "404", ref = "NoSuchKey")
    @PostMapping("/{id}/rotate")
    ResponseEntity<IssuedKey> rotate(@Parameter(example = "3f9a0c51b7e2") @PathVariable String id) {
        IssuedKey issued = keys.rotate(id).orElseThrow(ApiKeyController::noSuchKey);
        audit.record(
                AuditAction.KEY_ROTATED, Map.of("key", id, "name", issued.key().name()));
        log.info("The key {} was rotated", issued.key().name());
        return shownOnce(HttpStatus.OK, issued);
    }

    @Operation(summary = "Delete a key", description = "It stops working now.")
    @ApiResponse(responseCode = "204", description = "The key is gone")
    @ApiResponse(responseCode = "404", ref = "NoSuchKey")
    @ApiResponse(responseCode = "409", ref = "LastAdminKey")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@Parameter(example = "3f9a0c51b7e2") @PathVariable String id) {
        switch (keys.delete(id, !admins.withoutStoredKey())) {
            case NO_SUCH_KEY -> throw noSuchKey();
            case LAST_ADMIN -> throw new RequestRefused(HttpStatus.CONFLICT, "last-admin-key", LAST_ADMIN_KEY);
            case DELETED -> {
                audit.record(AuditAction.KEY_DELETED, Map.of("key", id));
                log.info("The key with the id {} was deleted", id);
            }
        }
    }

    private static String name(NewKey wanted) {
        if (wanted.name() == null || !NAME.matcher(wanted.name()).matches()) {
            throw new RequestRefused(HttpStatus.BAD_REQUEST, "invalid-key-name", INVALID_NAME);
        }
        return wanted.name();
    }

    private static Role role(NewKey wanted) {
        return Role.of(String.valueOf(wanted.role()))
                .orElseThrow(() -> new RequestRefused(HttpStatus.BAD_REQUEST, "invalid-key-role", INVALID_ROLE));
    }

    private static RequestRefused noSuchKey() {
        return new RequestRefused(HttpStatus.NOT_FOUND, "no-such-key", NO_SUCH_KEY);
    }

    private static ResponseEntity<IssuedKey> shownOnce(HttpStatus status, IssuedKey issued) {
        return ResponseEntity.status(status)
                .cacheControl(CacheControl.noStore())
                .body(issued);
    }

    /** A key to be made. */
    @Schema(name = "NewApiKey")
    record NewKey(
            @Schema(description = "Letters, digits, dots, dashes and underscores", example = "ward-7", maxLength = 64)
            @Nullable
            String name,

            @Schema(
                    description = "An admin may do what predict may, and administer",
                    allowableValues = {"predict", "admin"},
                    example = "predict")
            @Nullable
            String role) {}
}
