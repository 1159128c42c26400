package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What kubectl makes of the overlays. */
class RenderedOverlaysIT {

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "WRITTEN")
    void allLiesInTheOneNamespaceWhichRefusesPodsThatAskForMuch(Installation installation) {
        Manifests manifests = installation.manifests();
        Namespace namespace = manifests.one(Namespace.class);
        assertThat(namespace.getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
        assertThat(manifests.objects())
                .filteredOn(object -> !object.equals(namespace))
                .hasSizeGreaterThan(5)
                .allSatisfy(object -> assertThat(object.getMetadata().getNamespace())
                        .isEqualTo(namespace.getMetadata().getName()));
    }

    @ParameterizedTest
    @EnumSource(names = {"CPU", "GPU"})
    void aClusterWithoutTheOperatorTakesIt(Installation installation) {
        assertThat(installation.manifests().objects())
                .noneMatch(object -> object.getApiVersion().startsWith("monitoring.coreos.com"));
    }

    @Test
    void theMonitoredOneIsWatchedAndScaledByTheWaitInTheQueueToo() {
        Manifests manifests = Installation.MONITORED.manifests();
        assertThat(manifests.all(PodMonitor.class)).hasSize(1);
        assertThat(manifests.all(PrometheusRule.class)).hasSize(1);
        assertThat(manifests.one(HorizontalPodAutoscaler.class).getSpec().getMetrics())
                .extracting(MetricSpec::getType)
                .containsExactly("Resource", "Pods");
    }
}
