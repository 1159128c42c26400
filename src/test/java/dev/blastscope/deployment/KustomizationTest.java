package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** The folders below {@code k8s/} name files that exist, and no file lies there unnamed. */
class KustomizationTest {

    private static final Path FOLDER = Path.of("k8s");

    @Test
    void whatIsNamedExists() {
        assertThat(parts().flatMap(Kustomization::entries)).isNotEmpty().allSatisfy(entry -> assertThat(entry)
                .exists());
    }

    @Test
    void everyFileIsReachedByAnOverlay() throws IOException {
        Set<Path> reached = parts().flatMap(
                        part -> Stream.concat(Stream.of(part.folder().resolve(Kustomization.FILE)), part.entries()))
                .filter(Files::isRegularFile)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Path> present = new TreeSet<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("README.md"))
                    .forEach(present::add);
        }
        assertThat(present).isEqualTo(reached);
    }

    @Test
    void everyPatchIsOfAKindThatExistsAndNamesAnObjectOfTheBase() {
        List<String> base = Kustomization.in(FOLDER.resolve("base"))
                .written()
                .map(object -> object.getKind() + " " + object.getMetadata().getName())
                .toList();
        assertThat(parts().flatMap(part -> part.content().patches().stream()
                        .map(patch -> part.folder().resolve(patch.path()))))
                .isNotEmpty()
                .allSatisfy(patch -> assertThat(KubernetesModel.objects(Kustomization.text(patch)))
                        .allSatisfy(object -> assertThat(base)
                                .contains(object.getKind() + " "
                                        + object.getMetadata().getName())));
    }

    @Test
    void noSecretIsCommitted() {
        assertThat(parts().flatMap(Kustomization::written)).extracting("kind").doesNotContain("Secret");
    }

    @ParameterizedTest
    @CsvSource({"cpu, ''", "gpu, -gpu"})
    void theImageIsThisVersions(String overlay, String suffix) throws IOException {
        String version = PropertiesLoaderUtils.loadProperties(new ClassPathResource("META-INF/build-info.properties"))
                .getProperty("build.version");
        assertThat(Kustomization.in(overlays().resolve(overlay)).content().images())
                .containsExactly(
                        new Kustomization.Image("blastscope", "ghcr.io/blastscope/blastscope", version + suffix));
    }

    /** Nothing else names it, so that one change is enough; the pods' own name is for no registry. */
    @Test
    void theImageIsNamedInOnePlaceOfEachOverlay() {
        assertThat(parts().flatMap(part -> part.content().images().stream()))
                .extracting(Kustomization.Image::name)
                .containsOnly("blastscope");
        assertThat(Manifests.written().all(Deployment.class)).hasSize(2).allSatisfy(deployment -> assertThat(
                        deployment.getSpec().getTemplate().getSpec().getContainers())
                .extracting(Container::getImage)
                .containsExactly("blastscope"));
        for (Installation installation : List.of(Installation.CPU, Installation.GPU, Installation.MONITORED)) {
            Manifests manifests = installation.manifests();
            assertThat(manifests.server().container().getImage())
                    .startsWith("ghcr.io/blastscope/blastscope:")
                    .isEqualTo(manifests.trainer().container().getImage());
        }
    }

    private static Path overlays() {
        return FOLDER.resolve("overlays");
    }

    private static Stream<Kustomization> parts() {
        try (Stream<Path> folders = Files.list(overlays())) {
            return folders.sorted().map(Kustomization::in).flatMap(Kustomization::parts).toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
