package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may reach the pods, Prometheus included, and what they may reach: whoever has a label, and nobody else. */
@ParameterizedClass
@EnumSource
class NetworkPolicyTest {

    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    private final Manifests manifests;
    private final NetworkPolicySpec all;
    private final NetworkPolicySpec servers;

    NetworkPolicyTest(Installation installation) {
        manifests = installation.manifests();
        all = policy("blastscope");
        servers = policy("blastscope-server");
    }

    @Test
    void bothDirectionsAreClosedButForWhatIsNamed() {
        assertThat(manifests.all(NetworkPolicy.class)).hasSize(2);
        assertThat(all.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(manifests.server().labels())
                .containsAllEntriesOf(all.getPodSelector().getMatchLabels())
                .containsAllEntriesOf(servers.getPodSelector().getMatchLabels());
        assertThat(manifests.trainer().labels())
                .containsAllEntriesOf(all.getPodSelector().getMatchLabels());
        assertThat(servers.getPodSelector().getMatchLabels()).containsEntry(Workload.COMPONENT, Workload.SERVER);
    }

    @Test
    void clientsReachTheServersAndPrometheusTheManagementPort() {
        assertThat(servers.getIngress()).singleElement().satisfies(rule -> isOpenTo(rule, "blastscope-client", "http"));
        assertThat(all.getIngress())
                .singleElement()
                .satisfies(rule -> isOpenTo(rule, "blastscope-monitoring", "management"));
    }

    @Test
    void thePodsReachNamesAndTheDatabaseAndNothingElse() {
        assertThat(servers.getEgress()).isEmpty();
        assertThat(all.getEgress())
                .hasSize(2)
                .allSatisfy(rule -> assertThat(rule.getTo()).isNotEmpty())
                .flatExtracting(NetworkPolicyEgressRule::getPorts)
                .extracting(NetworkPolicyTest::port)
                .containsExactlyInAnyOrder("53 UDP", "53 TCP", "5432 TCP");
    }

    @Test
    void namesAreAskedOfTheClustersServersAndOfTheNodesCache() {
        List<NetworkPolicyPeer> servers = egress("53");
        assertThat(servers).hasSize(2);
        assertThat(labels(servers.get(0).getNamespaceSelector())).isEqualTo(Map.of(NAMESPACE, "kube-system"));
        assertThat(labels(servers.get(0).getPodSelector())).isEqualTo(Map.of("k8s-app", "kube-dns"));
        assertThat(servers.get(1).getIpBlock().getCidr()).isEqualTo("169.254.20.10/32");
    }

    @Test
    void theDatabaseIsFoundByItsLabelOrByAnAddressAsTheReadmeShows() {
        assertThat(egress("5432")).singleElement().satisfies(peer -> assertThat(labels(peer.getPodSelector()))
                .isEqualTo(Map.of("blastscope-database", "true")));

        NetworkPolicySpec shown =
                ((NetworkPolicy) KubernetesModel.objects(yamlInReadme()).get(0)).getSpec();
        assertThat(shown.getPodSelector()).isEqualTo(all.getPodSelector());
        assertThat(shown.getEgress()).singleElement().satisfies(rule -> {
            assertThat(rule.getPorts()).extracting(NetworkPolicyTest::port).containsExactly("5432 TCP");
            assertThat(rule.getTo())
                    .singleElement()
                    .satisfies(peer -> assertThat(peer.getIpBlock().getCidr()).endsWith("/32"));
        });
    }

    @Test
    void theReadmeNamesEveryLabel() {
        assertThat(Kustomization.text(Path.of("k8s", "README.md")))
                .contains("| `blastscope-client` |", "| `blastscope-monitoring` |", "| `blastscope-database` |");
    }

    /** For namespaces and for pods of the same namespace that have the label. */
    private static void isOpenTo(NetworkPolicyIngressRule rule, String label, String port) {
        assertThat(rule.getPorts()).extracting(NetworkPolicyTest::port).containsExactly(port + " TCP");
        assertThat(rule.getFrom()).hasSize(2).allSatisfy(peer -> assertThat(
                        Stream.of(peer.getNamespaceSelector(), peer.getPodSelector())
                                .filter(selector -> selector != null)
                                .map(NetworkPolicyTest::labels))
                .containsExactly(Map.of(label, "true")));
    }

    private List<NetworkPolicyPeer> egress(String port) {
        return all.getEgress().stream()
                .filter(rule -> port(rule.getPorts().get(0)).startsWith(port + " "))
                .flatMap(rule -> rule.getTo().stream())
                .toList();
    }

    private NetworkPolicySpec policy(String name) {
        return manifests.all(NetworkPolicy.class).stream()
                .filter(policy -> policy.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getSpec();
    }

    private static Map<String, String> labels(LabelSelector selector) {
        assertThat(selector.getMatchExpressions()).isEmpty();
        return selector.getMatchLabels();
    }

    private static String port(NetworkPolicyPort port) {
        return port.getPort().getValue() + " " + (port.getProtocol() == null ? "TCP" : port.getProtocol());
    }

    private static String yamlInReadme() {
        Matcher block =
                Pattern.compile("(?s)```yaml\\n(.*?)```").matcher(Kustomization.text(Path.of("k8s", "README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
