package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code kubectl apply} would only notice in a cluster is refused here. */
class KubernetesModelTest {

    @ParameterizedTest
    @CsvSource({
        "base/deployment.yaml, spec:, specs:",
        "base/deployment.yaml, terminationGracePeriodSeconds, terminationGracePeriod",
        "base/deployment.yaml, readOnlyRootFilesystem, readOnlyRootFileSystem",
        "base/deployment.yaml, secretKeyRef, secretKeyReference",
        "base/deployment.yaml, httpGet, httpget",
        "base/deployment.yaml, failureThreshold, failuresThreshold",
        "base/deployment.yaml, ephemeral, emphemeral",
        "base/service.yaml, targetPort, targetport",
        "base/network-policy.yaml, egress:, egresses:",
        "base/disruption-budget.yaml, maxUnavailable, maxUnavailables",
        "base/autoscaler.yaml, averageUtilization, averageUtilisation",
        "components/prometheus-operator/pod-monitor.yaml, interval, intervals",
        "components/prometheus-operator/prometheus-rule.yaml, groups, group"
    })
    void aMisspeltFieldIsRefusedAtAnyDepth(String file, String field, String misspelt) {
        String manifest = read(file);
        assertThat(manifest).contains(field);
        assertThat(KubernetesModel.objects(manifest)).isNotEmpty();

        assertThatThrownBy(() -> KubernetesModel.objects(manifest.replace(field, misspelt)))
                .hasMessageContaining("Unrecognized field \"" + misspelt.replace(":", "") + "\"");
    }

    @Test
    void aWrongTypeIsRefused() {
        String service = read("base/service.yaml");
        assertThatThrownBy(() -> KubernetesModel.objects(service.replace("port: 8080", "port: http")))
                .hasMessageContaining("not a valid `java.lang.Integer` value");
    }

    @Test
    void aKeyThatOccursTwiceIsRefused() {
        String service = read("base/service.yaml");
        assertThatThrownBy(() -> KubernetesModel.objects(service + "spec: {}\n"))
                .hasMessageContaining("duplicate key spec");
    }

    @ParameterizedTest
    @CsvSource({"apps/v1, apps/v1beta1", "Deployment, Deploiment"})
    void aKindThatDoesNotExistIsRefused(String name, String other) {
        String deployment = read("base/deployment.yaml");
        assertThatThrownBy(() -> KubernetesModel.objects(deployment.replace(name, other)))
                .hasMessageContaining("No such kind");
    }

    @Test
    void severalDocumentsAreSeveralObjects() {
        String both = read("base/service.yaml") + "---\n" + read("base/namespace.yaml");
        assertThat(KubernetesModel.objects(both))
                .extracting(HasMetadata::getKind)
                .containsExactly("Service", "Namespace");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of("k8s").resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
