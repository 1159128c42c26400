package dev.blastscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.blastscope.datasetstore.Zip;
import dev.blastscope.prediction.SmearClass;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
 * <p>A block of the language {@code sh} is run against the service, together with the others of its page. A block of the
 * language {@code console} is not run, and says in a comment before it why.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the documented commands are a Unix shell's")
@SpringBootTest(
        classes = Blastscope.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "blastscope.security.admin-key=" + DocumentedCommandsTest.ADMIN_KEY,
            "blastscope.precision=fp32",
            "blastscope.jobs.poll=100ms"
        })
class DocumentedCommandsTest {

    static final String ADMIN_KEY = "the-admin-key-of-the-documents-0123456789";

    /** Blocks that are not run, so that none is added without being seen here. */
    private static final Map<String, Integer> NOT_RUN = Map.of(
            "README.md", 2,
            "CONTRIBUTING.md", 1,
            "docs/administration.md", 2,
            "docs/operations.md", 4,
            "k8s/README.md", 2,
            "bench/backbone/README.md", 1,
            "bench/engines/README.md", 1,
            "bench/image/README.md", 1,
            "bench/latency/README.md", 1,
            "bench/load/README.md", 1);

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

    static Stream<Path> pagesWithCommands() throws IOException {
        return pages().filter(page -> !read(page).in("sh").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pagesWithCommands")
    void theCommandsOfAPageSucceed(Path page, @TempDir Path folder) throws Exception {
        Files.createSymbolicLink(folder.resolve("samples"), Path.of("samples").toAbsolutePath());
        Files.write(folder.resolve("smears.zip"), drawings());

        run(folder, read(page).script());
    }

    @Test
    void readmeShowsTheAnswer(@TempDir Path folder) throws Exception {
        Files.createSymbolicLink(folder.resolve("samples"), Path.of("samples").toAbsolutePath());
        Markdown readme = read(Path.of("README.md"));

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
        } else if (documented.isNumber()) {
            assertThat(actual.asDouble()).as(path).isCloseTo(documented.asDouble(), within(1e-3));
        } else if (!path.equals("/id")) {
            assertThat(actual).as(path).isEqualTo(documented);
        }
    }

    @Test
    void everyBlockIsRunOrSaysWhyNot() throws IOException {
        Map<String, Integer> notRun = new TreeMap<>();
        for (Path page : pages().toList()) {
            Markdown markdown = read(page);
            assertThat(markdown.blocks()).as(page.toString()).allSatisfy(block -> {
                assertThat(block.language()).isIn("sh", "console", "json", "text", "properties");
                assertThat(block.notRun().isPresent())
                        .isEqualTo(block.language().equals("console"));
            });
            int blocks = markdown.in("console").size();
            if (blocks > 0) {
                notRun.put(page.toString().replace(File.separatorChar, '/'), blocks);
            }
        }

        assertThat(notRun).isEqualTo(new TreeMap<>(NOT_RUN));
    }

    private static Stream<Path> pages() throws IOException {
        return Stream.concat(
                        Stream.of("README.md", "CONTRIBUTING.md", "CHANGES.md", "samples/README.md", "k8s/README.md")
                                .map(Path::of),
                        Stream.concat(pagesIn(Path.of("docs")), pagesIn(Path.of("bench"))))
                .sorted();
    }

    private static Stream<Path> pagesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file ->
                            file.toString().endsWith(".md") && !file.toString().contains("node_modules"))
                    .toList()
                    .stream();
        }
    }

    private static Markdown read(Path page) {
        try {
            return Markdown.read(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
