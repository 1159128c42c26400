package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The objects of an installation find each other. */
@ParameterizedClass
@EnumSource
class KubernetesTest {

    private final Manifests manifests;

    KubernetesTest(Installation installation) {
        manifests = installation.manifests();
    }

    @Test
    void everySelectorFindsThePods() {
        List<Map<String, String>> selectors = new ArrayList<>();
        selectors.add(manifests.one(Service.class).getSpec().getSelector());
        Stream.of(
                        manifests.one(Deployment.class).getSpec().getSelector(),
                        manifests.one(NetworkPolicy.class).getSpec().getPodSelector(),
                        manifests.one(PodDisruptionBudget.class).getSpec().getSelector())
                .forEach(selector -> selectors.add(selector.getMatchLabels()));
        manifests
                .pod()
                .getTopologySpreadConstraints()
                .forEach(constraint ->
                        selectors.add(constraint.getLabelSelector().getMatchLabels()));

        assertThat(selectors).doesNotContain(Map.of()).allSatisfy(selector -> assertThat(manifests.podLabels())
                .containsAllEntriesOf(selector));
    }

    @Test
    void everyPortLeadsToTheServices() {
        assertThat(manifests.container().getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactly(tuple("http", 8080));
        assertThat(manifests.settings()).doesNotContainKey("SERVER_PORT");
        assertThat(manifests.one(Service.class).getSpec().getPorts())
                .extracting(port -> port.getName() + " " + port.getTargetPort().getStrVal())
                .containsExactly("http http");
        assertThat(probes()).extracting(probe -> probe.getPort().getStrVal()).containsOnly("http");
    }

    @Test
    void theServiceMonitorFindsTheService() {
        ObjectMeta service = manifests.one(Service.class).getMetadata();
        for (ServiceMonitor monitor : manifests.all(ServiceMonitor.class)) {
            assertThat(service.getLabels())
                    .containsAllEntriesOf(monitor.getSpec().getSelector().getMatchLabels());
            assertThat(monitor.getSpec().getNamespaceSelector()).as("its own").isNull();
            assertThat(monitor.getSpec().getEndpoints()).extracting("port").containsExactly("http");
        }
    }

    @Test
    void everyNameThatIsReferredToExists() {
        assertThat(manifests.one(ServiceAccount.class).getMetadata().getName())
                .isEqualTo(manifests.pod().getServiceAccountName());
        Container container = manifests.container();
        assertThat(container.getEnvFrom()).isNotEmpty().allSatisfy(source -> assertThat(
                        manifests.configMap(source.getConfigMapRef().getName()).getData())
                .isNotEmpty());
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(manifests.pod().getVolumes().stream()
                        .map(Volume::getName)
                        .toList());
    }

    @Test
    void everyVariableSetsAPropertyThatExists() {
        List<String> variables = Stream.concat(
                        manifests.settings().keySet().stream(), manifests.secrets().keySet().stream())
                .toList();
        assertThat(variables)
                .contains("BLASTSCOPE_HOME", "SPRING_DATASOURCE_URL", "BLASTSCOPE_SECURITY_ADMINKEY")
                .allMatch(SettingNames::isKnown);
    }

    @Test
    void theReadmeTellsHowToMakeEverySecret() {
        String readme = Kustomization.text(Path.of("k8s", "README.md"));
        assertThat(manifests.secrets()).isNotEmpty().allSatisfy((variable, source) -> assertThat(readme)
                .containsPattern(
                        "create secret generic " + source.getName() + " [^$]*--from-literal=" + source.getKey() + "="));
    }

    private Stream<HTTPGetAction> probes() {
        Container container = manifests.container();
        return Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .map(Probe::getHttpGet);
    }
}
