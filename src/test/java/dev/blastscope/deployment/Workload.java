package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One of an installation's deployments: the servers or the trainers. */
record Workload(Manifests manifests, Deployment deployment) {

    static final String SERVER = "server";
    static final String TRAINER = "trainer";

    /** The label that tells them apart. */
    static final String COMPONENT = "app.kubernetes.io/component";

    String component() {
        return Objects.requireNonNull(labels().get(COMPONENT));
    }

    Map<String, String> labels() {
        return deployment.getSpec().getTemplate().getMetadata().getLabels();
    }

    PodSpec pod() {
        return deployment.getSpec().getTemplate().getSpec();
    }

    Container container() {
        assertThat(pod().getContainers()).hasSize(1);
        return pod().getContainers().get(0);
    }

    /** The variables that have a value here or in a config map. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        container()
                .getEnvFrom()
                .forEach(source -> settings.putAll(
                        manifests.configMap(source.getConfigMapRef().getName()).getData()));
        for (EnvVar variable : container().getEnv()) {
            if (variable.getValue() != null) {
                settings.put(variable.getName(), variable.getValue());
            }
        }
        return settings;
    }

    /** The variables that secrets set, and where each value comes from. */
    Map<String, SecretKeySelector> secrets() {
        Map<String, SecretKeySelector> secrets = new TreeMap<>();
        for (EnvVar variable : container().getEnv()) {
            if (variable.getValueFrom() != null) {
                secrets.put(variable.getName(), variable.getValueFrom().getSecretKeyRef());
            }
        }
        return secrets;
    }
}
