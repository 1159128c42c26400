package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may reach the pods, Prometheus included, and what they may reach. */
@ParameterizedClass
@EnumSource
class NetworkPolicyTest {

    private final NetworkPolicySpec policy;

    NetworkPolicyTest(Installation installation) {
        policy = installation.manifests().one(NetworkPolicy.class).getSpec();
    }

    @Test
    void bothDirectionsAreClosedButForWhatIsNamed() {
        assertThat(policy.getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
    }

    @Test
    void everybodyInTheClusterReachesTheOnePortAndNothingElse() {
        assertThat(policy.getIngress()).singleElement().satisfies(rule -> {
            assertThat(rule.getFrom()).as("no matter where Prometheus runs").isEmpty();
            assertThat(rule.getPorts()).extracting(NetworkPolicyTest::port).containsExactly("http TCP");
        });
        assertThat(policy.getIngress())
                .flatExtracting(NetworkPolicyIngressRule::getPorts)
                .hasSize(1);
    }

    @Test
    void thePodsReachNamesAndTheDatabaseAndNothingElse() {
        assertThat(policy.getEgress())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.getPorts()).isNotEmpty())
                .flatExtracting(NetworkPolicyEgressRule::getPorts)
                .extracting(NetworkPolicyTest::port)
                .containsExactlyInAnyOrder("53 UDP", "53 TCP", "5432 TCP");
    }

    private static String port(NetworkPolicyPort port) {
        return port.getPort().getValue() + " " + (port.getProtocol() == null ? "TCP" : port.getProtocol());
    }
}
