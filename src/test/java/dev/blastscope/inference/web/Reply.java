package dev.blastscope.inference.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service answered. */
public record Reply(int status, Map<String, List<String>> headers, String body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Reply {
        TreeMap<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** Fails unless this is a problem of the contract with this status and code that tells nothing internal. */
    public Reply isProblem(int expected, String code) {
        assertThat(status).as(body).isEqualTo(expected);
        assertThat(header("Content-Type")).startsWith("application/problem+json");
        assertThat(header("X-Request-Id")).isNotEmpty();
        isProblem(json(), expected, code);
        return this;
    }

    public static void isProblem(JsonNode problem, int status, String code) {
        assertThat(problem.path("type").asString()).isEqualTo("urn:blastscope:problem:" + code);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotEmpty();
        assertThat(problem.path("detail").asString())
                .isNotEmpty()
                .doesNotContain(
                        "name-of-a-patient", "Exception", "java", "springframework", "dev.blastscope", "target");
    }

    String detail() {
        return json().path("detail").asString();
    }
}
