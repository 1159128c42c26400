package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    Map<String, String> podLabels() {
        return one(Deployment.class).getSpec().getTemplate().getMetadata().getLabels();
    }

    PodSpec pod() {
        return one(Deployment.class).getSpec().getTemplate().getSpec();
    }

    Container container() {
        assertThat(pod().getContainers()).hasSize(1);
        return pod().getContainers().get(0);
    }

    /** The variables that config maps set. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        container()
                .getEnvFrom()
                .forEach(source -> settings.putAll(
                        configMap(source.getConfigMapRef().getName()).getData()));
        return settings;
    }

    /** The variables that secrets set, and where each value comes from. */
    Map<String, SecretKeySelector> secrets() {
        Map<String, SecretKeySelector> secrets = new TreeMap<>();
        for (EnvVar variable : container().getEnv()) {
            secrets.put(variable.getName(), variable.getValueFrom().getSecretKeyRef());
        }
        return secrets;
    }

    ConfigMap configMap(String name) {
        return all(ConfigMap.class).stream()
                .filter(map -> map.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no config map " + name));
    }
}
