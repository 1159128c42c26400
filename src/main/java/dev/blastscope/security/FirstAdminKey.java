package dev.blastscope.security;

import dev.blastscope.security.ApiKeys.IssuedKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Creates an admin key at the start if there is no other way to be an admin, and shows it once in the log. */
@Component
final class FirstAdminKey implements ApplicationRunner {

    /** Unique in the database, so that of several replicas that start at once only one creates it. */
    static final String NAME = "first-admin";

    private static final Logger log = LoggerFactory.getLogger(FirstAdminKey.class);

    private final ApiKeys keys;
    private final AdminAccess admins;
    private final TransactionOperations transactions;
    private final String contextPath;

    FirstAdminKey(
            ApiKeys keys,
            AdminAccess admins,
            TransactionOperations transactions,
            @Value("${server.servlet.context-path:}") String contextPath) {
        this.keys = keys;
        this.admins = admins;
        this.transactions = transactions;
        this.contextPath = contextPath;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (admins.withoutStoredKey() || keys.anyAdmin()) {
            return;
        }
        // Shown before it is committed: a key that is stored has been seen, even if the service dies in between.
        transactions.executeWithoutResult(
                status -> keys.create(NAME, Role.ADMIN).ifPresentOrElse(this::show, status::setRollbackOnly));
    }

    private void show(IssuedKey issued) {
        log.warn("There was no admin key, so one was made. It is shown this once; keep it in a safe place:");
        log.warn("    {}", issued.secret());
        log.warn(
                "Send it in the header X-API-Key to {}/api/v1/admin, or paste it into Authorize on the API page.",
                contextPath);
    }
}
