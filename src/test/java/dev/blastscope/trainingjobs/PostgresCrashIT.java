package dev.blastscope.trainingjobs;

import dev.blastscope.Postgres;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "BLASTSCOPE_POSTGRES",
        matches = ".+",
        disabledReason = "needs a PostgreSQL server to make schemas on")
class PostgresCrashIT extends CrashContract {

    @Override
    String database() {
        return Postgres.newSchema();
    }

    /** After each write that another one follows; what is lost before a commit is lost on any database. */
    @Override
    List<Step> steps() {
        return STEPS.stream().filter(Step::committed).toList();
    }
}
