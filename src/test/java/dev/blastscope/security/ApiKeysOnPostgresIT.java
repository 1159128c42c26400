package dev.blastscope.security;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_POSTGRES",
        matches = ".+",
        disabledReason = "BLASTSCOPE_POSTGRES names no PostgreSQL")
class ApiKeysOnPostgresIT extends ApiKeysContract {

    @Override
    KeyDatabase open() {
        return KeyDatabase.postgres();
    }
}
