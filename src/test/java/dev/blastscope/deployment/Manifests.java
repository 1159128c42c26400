package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The objects that one installation consists of.
 *
 * @param objects all of them
 */
record Manifests(List<HasMetadata> objects) {

    private static final Path FOLDER = Path.of("k8s");

    /** The files of the base and of the components as they are written, without any overlay's patches. */
    static Manifests written() {
        return new Manifests(Stream.of("base", "components/prometheus-operator", "components/custom-metrics")
                .map(folder -> Kustomization.in(FOLDER.resolve(folder)))
                .flatMap(Kustomization::written)
                .toList());
    }

    /** What kubectl makes of an overlay; skips the test where there is no kubectl that can. */
    static Manifests rendered(String overlay) {
        assumeTrue(Kubectl.isThere(), "There is no kubectl with kustomize 4 or newer");
        return new Manifests(KubernetesModel.objects(
                Kubectl.kustomize(FOLDER.resolve("overlays").resolve(overlay))));
    }

    <T extends HasMetadata> T one(Class<T> kind) {
        List<T> all = all(kind);
        assertThat(all).as(kind.getSimpleName()).hasSize(1);
        return all.get(0);
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    Workload server() {
        return workload(Workload.SERVER);
    }

    Workload trainer() {
        return workload(Workload.TRAINER);
    }

    Workload workload(String component) {
        List<Workload> found = all(Deployment.class).stream()
                .map(deployment -> new Workload(this, deployment))
                .filter(workload -> workload.component().equals(component))
                .toList();
        assertThat(found).as(component).hasSize(1);
        return found.get(0);
    }

    ConfigMap configMap(String name) {
        return all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no config map " + name));
    }
}
