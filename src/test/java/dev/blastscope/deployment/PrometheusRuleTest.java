package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.RuleGroup;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operator's alerts are those of {@code monitoring/}: kustomize cannot take a file from outside of its folder. */
class PrometheusRuleTest {

    private final Manifests manifests = Manifests.written();

    /** A file of Prometheus' rules. */
    private record Rules(List<RuleGroup> groups) {}

    @Test
    void theyAreTheSameInAClusterAndOutside() {
        Rules rules =
                KubernetesModel.document(Kustomization.text(Path.of("monitoring/prometheus/alerts.yml")), Rules.class);
        assertThat(rules.groups()).isNotEmpty();
        assertThat(manifests.one(PrometheusRule.class).getSpec().getGroups()).isEqualTo(rules.groups());
    }

    @Test
    void theJobThatTheyAskForIsTheOneThatTheMonitorGives() {
        PodMonitor monitor = manifests.one(PodMonitor.class);
        String job = manifests.server().labels().get(monitor.getSpec().getJobLabel());
        assertThat(manifests.one(PrometheusRule.class).getSpec().getGroups())
                .flatExtracting(RuleGroup::getRules)
                .extracting(rule -> rule.getExpr().getStrVal())
                .isNotEmpty()
                .allMatch(expression -> expression.contains("job=\"" + job + "\""));
    }
}
