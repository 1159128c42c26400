package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** GitHub's workflow names commands, files and stages that exist, whole versions, and no more rights than it needs. */
class WorkflowTest {

    private final Map<String, Object> workflow = yaml(".github/workflows/build.yml");

    @Test
    void everyCommandIsAFileThatRuns() {
        assertThat(values(workflow, "run")).isNotEmpty().allSatisfy(command -> assertThat(Path.of(command))
                .isExecutable());
    }

    @Test
    void everyActionHasAWholeVersion() {
        assertThat(values(workflow, "uses")).isNotEmpty().allSatisfy(action -> assertThat(action)
                .matches("[\\w./-]+@(v\\d+\\.\\d+\\.\\d+|[0-9a-f]{40})"));
    }

    @Test
    void theImageIsAStageOfTheDockerfile() {
        List<String> stages = Kustomization.text(Path.of("Dockerfile"))
                .lines()
                .filter(line -> line.matches("(?i)FROM .* AS .*"))
                .map(line -> line.replaceFirst("(?i).* AS ", "").trim())
                .toList();
        assertThat(values(workflow, "target")).isNotEmpty().isSubsetOf(stages);
    }

    @Test
    void onlyATagIsPushedAndNothingElseMayBeWritten() {
        assertThat(values(workflow, "push")).containsExactly("${{ github.ref_type == 'tag' }}");
        assertThat(workflow).containsEntry("permissions", Map.of("contents", "read"));
        assertThat(values(workflow, "packages")).containsExactly("write");
        assertThat(values(workflow, "contents")).containsOnly("read");
        assertThat(Kustomization.text(Path.of(".github/workflows/build.yml"))).doesNotContain("secrets.");
    }

    @Test
    void theListOfContentsIsWhatTheBuildWrites() {
        assertThat(values(workflow, "path")).contains("target/classes/META-INF/sbom/application.cdx.json");
        assertThat(Kustomization.text(Path.of("pom.xml"))).contains("<artifactId>cyclonedx-maven-plugin</artifactId>");
    }

    @Test
    void whatIsKeptUpToDateIsThere() {
        Map<String, String> files = Map.of(
                "maven", "pom.xml",
                "github-actions", ".github/workflows/build.yml",
                "docker", "Dockerfile",
                "docker-compose", "docker-compose.yml");
        assertThat(values(yaml(".github/dependabot.yml"), "package-ecosystem"))
                .containsExactlyInAnyOrderElementsOf(files.keySet());
        assertThat(files.values()).allMatch(file -> Files.isRegularFile(Path.of(file)));
    }

    /** The texts that this key has, at any depth. */
    private static List<String> values(Object node, String key) {
        return descendants(node)
                .filter(Map.class::isInstance)
                .map(map -> ((Map<?, ?>) map).get(key))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    private static Stream<Object> descendants(Object node) {
        Collection<?> children =
                node instanceof Map<?, ?> map ? map.values() : node instanceof List<?> list ? list : List.of();
        return Stream.concat(Stream.of(node), children.stream().flatMap(WorkflowTest::descendants));
    }

    private static Map<String, Object> yaml(String file) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Kustomization.text(Path.of(file)));
    }
}
