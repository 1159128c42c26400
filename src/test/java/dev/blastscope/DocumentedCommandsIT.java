package dev.blastscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.blastscope.datasetstore.Zip;
import dev.blastscope.prediction.SmearClass;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands of README and docs do what they are documented for.
 *
 * <p>A block of the language {@code sh} is run against the service, together with the others of its page.
 * {@link DocumentedBlocksTest} counts those that are not run.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the documented commands are a Unix shell's")
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"blastscope.security.admin-key=" + DocumentedCommandsIT.ADMIN_KEY, "blastscope.jobs.poll=100ms"})
class DocumentedCommandsIT {

    static final String ADMIN_KEY = "the-admin-key-of-the-documents-0123456789";

    private static final List<String> PROGRAMS = List.of("bash", "curl", "jq", "sha256sum");

    @TempDir
    private static Path home = Path.of("");

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void home(DynamicPropertyRegistry properties) {
        properties.add("blastscope.home", home::toString);
    }

    @BeforeEach
    void theServiceIsReady() throws Exception {
        run(
                home,
                "for i in $(seq 600); do curl -sf http://localhost:8080/readyz > /dev/null && exit; sleep 0.1; done; exit 1");
    }

    static Stream<String> pagesWithCommands() throws IOException {
        return Markdown.pages().stream()
                .filter(page -> !page.in("sh").isEmpty())
                .map(Markdown::name);
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void theCommandsOfAPageSucceed(String page, @TempDir Path folder) throws Exception {
        Files.createSymbolicLink(folder.resolve("samples"), Path.of("samples").toAbsolutePath());
        Files.write(folder.resolve("smears.zip"), drawings());

        run(folder, Markdown.read(Path.of(page)).script());
    }

    @Test
    void readmeShowsTheAnswer(@TempDir Path folder) throws Exception {
        Files.createSymbolicLink(folder.resolve("samples"), Path.of("samples").toAbsolutePath());
        Markdown readme = Markdown.read(Path.of("README.md"));

        JsonNode answer = JsonMapper.shared().readTree(run(folder, readme.script()));
        JsonNode documented =
                JsonMapper.shared().readTree(readme.in("json").get(0).text());

        assertSame(documented, answer, "");
    }

    /** The id is new in each answer; a probability differs in its last digits between processors. */
    private static void assertSame(JsonNode documented, JsonNode actual, String path) {
        if (documented.isObject()) {
            assertThat(actual.propertyNames()).as(path).containsExactlyInAnyOrderElementsOf(documented.propertyNames());
            documented
                    .properties()
                    .forEach(field ->
                            assertSame(field.getValue(), actual.path(field.getKey()), path + "/" + field.getKey()));
        } else if (documented.isArray()) {
            assertThat(actual).as(path).hasSameSizeAs(documented);
            for (int i = 0; i < documented.size(); i++) {
                assertSame(documented.get(i), actual.get(i), path + "/" + i);
            }
        } else if (documented.isNumber()) {
            assertThat(actual.asDouble()).as(path).isCloseTo(documented.asDouble(), within(1e-3));
        } else if (!path.equals("/id")) {
            assertThat(actual).as(path).isEqualTo(documented);
        }
    }

    private static byte[] drawings() throws IOException {
        Zip zip = new Zip();
        for (SmearClass smearClass : SmearClass.values()) {
            for (int i = 1; i <= 6; i++) {
                zip.add(
                        smearClass.name().toLowerCase(Locale.ROOT) + "/" + i + ".png",
                        Smears.png(Smears.draw(smearClass, i)));
            }
        }
        return zip.toBytes();
    }

    private String run(Path folder, String script) throws IOException, InterruptedException {
        for (String program : PROGRAMS) {
            assumeThat(onThePath(program)).as("there is a program " + program).isTrue();
        }
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        ProcessBuilder shell = new ProcessBuilder(
                        "bash", "-euo", "pipefail", "-c", script.replace("localhost:8080", "localhost:" + port))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        shell.environment().put("KEY", ADMIN_KEY);
        Process process = shell.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.waitFor() == 0)
                .as("%s%n%s%n%s", script, Files.readString(out), Files.readString(err))
                .isTrue();
        return Files.readString(out);
    }

    private static boolean onThePath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
