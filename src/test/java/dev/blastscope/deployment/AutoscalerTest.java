package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What decides how many pods there are. */
class AutoscalerTest {

    @ParameterizedTest
    @EnumSource
    void itScalesTheServersAndNobodyElseDoes(Installation installation) {
        Manifests manifests = installation.manifests();
        Workload servers = manifests.server();
        Deployment deployment = servers.deployment();
        HorizontalPodAutoscalerSpec autoscaler =
                manifests.one(HorizontalPodAutoscaler.class).getSpec();
        assertThat(autoscaler.getScaleTargetRef())
                .isEqualTo(new CrossVersionObjectReference(
                        deployment.getApiVersion(),
                        deployment.getKind(),
                        deployment.getMetadata().getName()));
        assertThat(autoscaler.getMaxReplicas()).isGreaterThan(autoscaler.getMinReplicas());
        assertThat(deployment.getSpec().getReplicas())
                .as("each apply would undo what the autoscaler did")
                .isNull();
        assertThat(servers.container().getResources().getRequests())
                .as("what utilization is a part of")
                .containsKey("cpu");
    }

    /** Scaling in would stop a training that runs on the pod that goes. */
    @ParameterizedTest
    @EnumSource
    void serversNeverTrainAndTrainersAreNotScaled(Installation installation) {
        Manifests manifests = installation.manifests();
        assertThat(manifests.server().settings()).containsEntry("BLASTSCOPE_JOBS_ENABLED", "false");
        assertThat(manifests.trainer().settings()).containsEntry("BLASTSCOPE_JOBS_ENABLED", "true");
        assertThat(manifests.trainer().deployment().getSpec().getReplicas()).isEqualTo(1);
        assertThat(manifests.all(HorizontalPodAutoscaler.class))
                .extracting(scaler -> scaler.getSpec().getScaleTargetRef().getName())
                .doesNotContain(manifests.trainer().deployment().getMetadata().getName());
    }

    @ParameterizedTest
    @EnumSource
    void aNodeCanAlwaysBeDrained(Installation installation) {
        assertThat(installation
                        .manifests()
                        .one(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
    }

    @Test
    void withoutTheAdapterItKnowsCpuAloneAndWithItTheWaitInTheQueueToo() {
        assertThat(base().getMetrics()).extracting(MetricSpec::getType).containsExactly("Resource");
        HorizontalPodAutoscalerSpec patched = patch();
        assertThat(patched.getMetrics())
                .hasSize(2)
                .startsWith(base().getMetrics().get(0));
        assertThat(patched.getMetrics().get(1).getPods().getMetric().getName())
                .isEqualTo(AdapterRule.read(Manifests.written()).name().as());
    }

    @Test
    void theAdapterTellsPodsByTheLabelsThatAPodMonitorGivesTheirSeries() {
        AdapterRule rule = AdapterRule.read(Manifests.written());
        assertThat(rule.resources().overrides())
                .containsOnlyKeys("namespace", "pod")
                .allSatisfy((label, resource) -> assertThat(resource.resource()).isEqualTo(label));
        assertThat(rule.metricsQuery()).contains("<<.LabelMatchers>>", "by (<<.GroupBy>>)");
    }

    private static HorizontalPodAutoscalerSpec base() {
        return Manifests.written().one(HorizontalPodAutoscaler.class).getSpec();
    }

    private static HorizontalPodAutoscalerSpec patch() {
        HasMetadata patch = KubernetesModel.objects(
                        Kustomization.text(Path.of("k8s/components/custom-metrics/autoscaler.yaml")))
                .get(0);
        return ((HorizontalPodAutoscaler) patch).getSpec();
    }
}
