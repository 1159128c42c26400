package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMetricsEndpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
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
    private final Workload servers;
    private final Workload trainers;

    KubernetesTest(Installation installation) {
        manifests = installation.manifests();
        servers = manifests.server();
        trainers = manifests.trainer();
    }

    @Test
    void eachDeploymentOwnsItsPodsAndNoOthers() {
        assertThat(servers.labels()).containsAllEntriesOf(selector(servers)).isNotEqualTo(trainers.labels());
        assertThat(trainers.labels()).containsAllEntriesOf(selector(trainers));
        assertThat(selector(servers)).doesNotContainEntry(Workload.COMPONENT, Workload.TRAINER);
        assertThat(selector(trainers)).containsEntry(Workload.COMPONENT, Workload.TRAINER);
    }

    @Test
    void requestsAndDisruptionsAreForTheServersAlone() {
        List<Map<String, String>> selectors = new ArrayList<>();
        selectors.add(manifests.one(Service.class).getSpec().getSelector());
        selectors.add(
                manifests.one(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels());
        servers.pod()
                .getTopologySpreadConstraints()
                .forEach(constraint ->
                        selectors.add(constraint.getLabelSelector().getMatchLabels()));

        assertThat(selectors).hasSizeGreaterThan(2).allSatisfy(selector -> {
            assertThat(servers.labels()).containsAllEntriesOf(selector);
            assertThat(selector).containsEntry(Workload.COMPONENT, Workload.SERVER);
        });
    }

    /** Two files that say the same but where the two differ on purpose. */
    @Test
    void trainersAreServersThatTrain() {
        Container trainer = trainers.container();
        Container server = servers.container();
        assertThat(trainer)
                .usingRecursiveComparison()
                .ignoringFields("env", "lifecycle", "resources")
                .isEqualTo(server);
        assertThat(trainers.secrets()).isEqualTo(servers.secrets());
        assertThat(trainers.settings().keySet()).isEqualTo(servers.settings().keySet());
        assertThat(trainers.pod())
                .usingRecursiveComparison()
                .ignoringFields("containers", "topologySpreadConstraints")
                .isEqualTo(servers.pod());
    }

    @Test
    void everyPortLeadsToTheServices() {
        assertThat(servers.container().getPorts())
                .extracting(ContainerPort::getName, ContainerPort::getContainerPort)
                .containsExactly(tuple("http", 8080), tuple("management", 8081));
        assertThat(servers.settings()).doesNotContainKey("SERVER_PORT").containsEntry("MANAGEMENT_SERVER_PORT", "8081");
        assertThat(manifests.one(Service.class).getSpec().getPorts())
                .extracting(port -> port.getName() + " " + port.getTargetPort().getStrVal())
                .as("management is for Prometheus alone")
                .containsExactly("http http");
        assertThat(probes()).extracting(probe -> probe.getPort().getStrVal()).containsOnly("http");
    }

    @Test
    void prometheusFindsServersAndTrainersUnderTheNameThatAlertsAskFor() {
        for (PodMonitor monitor : manifests.all(PodMonitor.class)) {
            Map<String, String> selector = monitor.getSpec().getSelector().getMatchLabels();
            assertThat(servers.labels()).containsAllEntriesOf(selector);
            assertThat(trainers.labels()).containsAllEntriesOf(selector);
            assertThat(servers.labels()).containsEntry(monitor.getSpec().getJobLabel(), "blastscope");
            assertThat(monitor.getSpec().getNamespaceSelector()).as("its own").isNull();
            assertThat(monitor.getSpec().getPodMetricsEndpoints())
                    .extracting(PodMetricsEndpoint::getPort)
                    .containsExactly("management");
        }
    }

    @Test
    void everyNameThatIsReferredToExists() {
        for (Workload workload : List.of(servers, trainers)) {
            assertThat(manifests.one(ServiceAccount.class).getMetadata().getName())
                    .isEqualTo(workload.pod().getServiceAccountName());
            Container container = workload.container();
            assertThat(container.getEnvFrom()).isNotEmpty().allSatisfy(source -> assertThat(manifests
                            .configMap(source.getConfigMapRef().getName())
                            .getData())
                    .isNotEmpty());
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .containsExactlyInAnyOrderElementsOf(workload.pod().getVolumes().stream()
                            .map(Volume::getName)
                            .toList());
        }
    }

    @Test
    void everyVariableSetsAPropertyThatExists() {
        List<String> variables = Stream.concat(
                        servers.settings().keySet().stream(), servers.secrets().keySet().stream())
                .toList();
        assertThat(variables)
                .contains(
                        "BLASTSCOPE_HOME",
                        "BLASTSCOPE_JOBS_ENABLED",
                        "SPRING_DATASOURCE_URL",
                        "BLASTSCOPE_SECURITY_ADMINKEY")
                .allMatch(SettingNames::isKnown);
    }

    @Test
    void theReadmeTellsHowToMakeEverySecret() {
        String readme = Kustomization.text(Path.of("k8s", "README.md"));
        assertThat(servers.secrets()).isNotEmpty().allSatisfy((variable, source) -> assertThat(readme)
                .containsPattern(
                        "create secret generic " + source.getName() + " [^$]*--from-literal=" + source.getKey() + "="));
    }

    private static Map<String, String> selector(Workload workload) {
        return workload.deployment().getSpec().getSelector().getMatchLabels();
    }

    private Stream<HTTPGetAction> probes() {
        Container container = servers.container();
        return Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .map(Probe::getHttpGet);
    }
}
