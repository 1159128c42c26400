package dev.blastscope.audit;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_POSTGRES",
        matches = ".+",
        disabledReason = "needs a PostgreSQL server to make schemas on")
class PostgresAuditChainIT extends AuditChainContract {

    @Override
    AuditDatabase open() {
        return AuditDatabase.postgres();
    }
}
