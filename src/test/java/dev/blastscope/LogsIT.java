package dev.blastscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a log tells of requests and traces, for people and, by one setting, for machines. */
class LogsIT {

    private static final String KEY_MADE = "Created the key microscope";

    @Test
    void oneSettingMakesEachLineAnObjectWithTheRequestAndTheTraceInIt(@TempDir Path home) throws IOException {
        List<JsonNode> lines = LoggingProcess.lines(
                        home, "--logging.structured.format.console=ecs", "--management.opentelemetry.enabled=true")
                .stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();

        JsonNode made = only(lines, KEY_MADE);
        assertThat(made.path("requestId").asString()).isEqualTo(LoggingProcess.REQUEST);
        assertThat(made.path("traceId").asString()).isEqualTo(LoggingProcess.TRACE);
        assertThat(made.path("spanId").asString()).hasSize(16);
        assertThat(made.at("/service/name").asString()).isEqualTo("blastscope");
        JsonNode failed = only(lines, "Something failed");
        assertThat(failed.at("/error/message").asString()).isEqualTo(LoggingProcess.EXCEPTION);
        assertThat(failed.at("/error/stack_trace").asString()).contains("LoggingProcess.main", "\n");
        assertThat(failed.has("requestId")).isFalse();
    }

    @Test
    void aLineForPeopleBearsTheRequestAndWhereItIsTracedTheTrace(@TempDir Path home) throws IOException {
        assertThat(LoggingProcess.lines(home.resolve("plain")))
                .filteredOn(line -> line.contains(KEY_MADE))
                .singleElement()
                .asString()
                .contains("[" + LoggingProcess.REQUEST + "] ");
        assertThat(LoggingProcess.lines(home.resolve("traced"), "--management.opentelemetry.enabled=true"))
                .filteredOn(line -> line.contains(KEY_MADE))
                .singleElement()
                .asString()
                .contains("[" + LoggingProcess.REQUEST + " " + LoggingProcess.TRACE + "] ");
    }

    private static JsonNode only(List<JsonNode> lines, String message) {
        List<JsonNode> found = lines.stream()
                .filter(line -> line.path("message").asString().startsWith(message))
                .toList();
        assertThat(found).as(message).hasSize(1);
        return found.get(0);
    }
}
