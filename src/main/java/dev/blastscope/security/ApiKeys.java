package dev.blastscope.security;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The keys in the database; a change by one replica applies to the next request of every other. */
@Component
final class ApiKeys {

    private static final String COLUMNS = "id, name, role, created_at, rotated_at";

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final SecuritySettings settings;
    private final Clock clock;

    @Autowired
    ApiKeys(JdbcClient database, TransactionOperations transactions, SecuritySettings settings) {
        this(database, transactions, settings, Clock.systemUTC());
    }

    ApiKeys(JdbcClient database, TransactionOperations transactions, SecuritySettings settings, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /** All keys, oldest first. */
    List<ApiKey> all() {
        return database.sql("select " + COLUMNS + " from api_key order by created_at, id")
                .query((row, number) -> key(row))
                .list();
    }

    /** The key whose secret a client sent; empty if there is none. */
    Optional<ApiKey> of(String sent) {
        return Secret.parse(sent).flatMap(secret -> database.sql(
                        "select " + COLUMNS + ", hash, previous_hash, previous_until from api_key where id = ?")
                .param(secret.id())
                .query((row, number) -> isSecretOf(row, secret) ? Optional.of(key(row)) : Optional.<ApiKey>empty())
                .optional()
                .flatMap(found -> found));
    }

    boolean anyAdmin() {
        return database.sql("select count(*) from api_key where role = ?")
                        .param(Role.ADMIN.word())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Creates a key; empty if the name is taken. */
    Optional<IssuedKey> create(String name, Role role) {
        Secret secret = Secret.random();
        Instant now = now();
        ApiKey key = new ApiKey(secret.id(), name, role, now, now);
        try {
            database.sql("insert into api_key (" + COLUMNS + ", hash) values (?, ?, ?, ?, ?, ?)")
                    .params(key.id(), name, role.word(), time(now), time(now), secret.hash())
                    .update();
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
        return Optional.of(new IssuedKey(key, secret.text()));
    }

    /** Gives a key a new secret; empty if there is no such key. */
    Optional<IssuedKey> rotate(String id) {
        Secret secret = Secret.of(id);
        Instant now = now();
        int found = database.sql("update api_key set previous_hash = hash, previous_until = ?, hash = ?, rotated_at = ?"
                        + " where id = ?")
                .params(time(now.plus(settings.rotationGrace())), secret.hash(), time(now), id)
                .update();
        return found == 0 ? Optional.empty() : find(id).map(key -> new IssuedKey(key, secret.text()));
    }

    /**
     * Deletes a key.
     *
     * @param sparing whether to keep the last admin key
     */
    Deletion delete(String id, boolean sparing) {
        return transactions.execute(status -> {
            if (sparing && admins().equals(List.of(id))) {
                return Deletion.LAST_ADMIN;
            }
            int found =
                    database.sql("delete from api_key where id = ?").param(id).update();
            return found == 0 ? Deletion.NO_SUCH_KEY : Deletion.DELETED;
        });
    }

    /**
     * Locks the admin keys, so that two admins who delete each other's keys at once do not both find another one left.
     */
    private List<String> admins() {
        return database.sql("select id from api_key where role = ? order by id for update")
                .param(Role.ADMIN.word())
                .query(String.class)
                .list();
    }

    private Optional<ApiKey> find(String id) {
        return database.sql("select " + COLUMNS + " from api_key where id = ?")
                .param(id)
                .query((row, number) -> key(row))
                .optional();
    }

    private boolean isSecretOf(ResultSet row, Secret secret) throws SQLException {
        String hash = secret.hash();
        String previous = row.getString("previous_hash");
        return Secret.same(hash, row.getString("hash"))
                || (previous != null && Secret.same(hash, previous) && now().isBefore(time(row, "previous_until")));
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                time(row, "created_at"),
                time(row, "rotated_at"));
    }

    /** To the resolution of the database. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A key as admins see it; its secret is known only to its client. */
    @Schema(name = "ApiKey", description = "A key, without its secret")
    record ApiKey(
            @Schema(description = "The public part of the secret", example = "3f9a0c51b7e2")
            String id,

            @Schema(description = "The client of the key, as in the audit trail", example = "ward-7")
            String name,

            @Schema(description = "What its client may do") Role role,

            @Schema(description = "When the key was created")
            Instant createdAt,

            @Schema(description = "When its current secret was created")
            Instant rotatedAt) {}

    /** A key with its new secret, which is shown only once. */
    @Schema(name = "IssuedApiKey", description = "A key with its new secret")
    record IssuedKey(
            @Schema(description = "The key") ApiKey key,

            @Schema(
                    description = "To be sent in the header X-API-Key; it is shown only once",
                    example = "bsk_3f9a0c51b7e2_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
            String secret) {

        /** Does not show the secret. */
        @Override
        public String toString() {
            return "IssuedKey[" + key + "]";
        }
    }

    /** The result of a deletion. */
    enum Deletion {
        DELETED,
        NO_SUCH_KEY,
        LAST_ADMIN
    }
}
