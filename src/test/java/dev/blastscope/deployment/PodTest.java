package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** What a pod may do, where it may write, what it gets, and how it ends. */
@ParameterizedClass
@MethodSource("workloads")
class PodTest {

    private static final BigDecimal GIGABYTE = new Quantity("1Gi").getNumericalAmount();

    private final Workload workload;
    private final PodSpec pod;
    private final Container container;

    PodTest(Installation installation, String component) {
        workload = installation.manifests().workload(component);
        pod = workload.pod();
        container = workload.container();
    }

    static Stream<Arguments> workloads() {
        return Stream.of(Installation.values()).flatMap(installation -> Stream.of(Workload.SERVER, Workload.TRAINER)
                .map(component -> Arguments.of(installation, component)));
    }

    @Test
    void itMayDoNothingButServe() {
        PodSecurityContext all = pod.getSecurityContext();
        assertThat(all.getRunAsNonRoot()).isTrue();
        assertThat(all.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getHostNetwork()).isNull();
        SecurityContext own = container.getSecurityContext();
        assertThat(own.getAllowPrivilegeEscalation()).isFalse();
        assertThat(own.getReadOnlyRootFilesystem()).isTrue();
        assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(own.getCapabilities().getAdd()).isEmpty();
        assertThat(own.getPrivileged()).isNull();
    }

    @Test
    void itRunsAsTheUserOfTheImage() {
        PodSecurityContext context = pod.getSecurityContext();
        assertThat(Kustomization.text(Path.of("Dockerfile")).lines())
                .contains("USER " + context.getRunAsUser() + ":" + context.getRunAsGroup());
        assertThat(context.getFsGroup()).as("who owns the volumes").isEqualTo(context.getRunAsGroup());
    }

    @Test
    void itWritesToItsHomeAndToTmp() {
        Map<String, String> settings = workload.settings();
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactlyInAnyOrder(settings.get("BLASTSCOPE_HOME"), "/tmp");
        assertThat(Kustomization.text(Path.of("Dockerfile"))).contains(settings.get("BLASTSCOPE_HOME"));
        for (Volume volume : pod.getVolumes()) {
            assertThat(volume.getPersistentVolumeClaim())
                    .as("a claim that replicas would share")
                    .isNull();
        }
    }

    @Test
    void requestsInFlightAreAnsweredBeforeItIsKilled() throws IOException {
        Duration stop = DurationStyle.detectAndParse(
                PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"))
                        .getProperty("spring.lifecycle.timeout-per-shutdown-phase"));
        Duration sleep = Duration.ZERO;
        if (workload.component().equals(Workload.SERVER)) {
            sleep = Duration.ofSeconds(
                    container.getLifecycle().getPreStop().getSleep().getSeconds());
            assertThat(sleep).isPositive();
        }
        assertThat(Duration.ofSeconds(pod.getTerminationGracePeriodSeconds())).isGreaterThan(sleep.plus(stop));
    }

    @Test
    void itGetsTheMemoryOfWhatItDoesAndCountsItsThreadsByItsCpus() {
        int gigabytes = workload.component().equals(Workload.TRAINER) ? 4 : 3;
        Map<String, Quantity> requests = container.getResources().getRequests();
        Map<String, Quantity> limits = container.getResources().getLimits();
        assertThat(limits).hasEntrySatisfying("memory", most -> assertThat(most.getNumericalAmount())
                .isGreaterThanOrEqualTo(GIGABYTE.multiply(BigDecimal.valueOf(gigabytes))));
        assertThat(requests).hasEntrySatisfying("memory", least -> assertThat(least.getNumericalAmount())
                .isGreaterThan(GIGABYTE));
        assertThat(requests.get("cpu")).isEqualTo(limits.get("cpu"));
    }

    @Test
    void aGpuIsAskedForExactlyWhereItIsUsed() {
        boolean gpu = "gpu".equals(workload.settings().get("BLASTSCOPE_DEVICE"));
        assertThat(container.getResources().getLimits().containsKey("nvidia.com/gpu"))
                .isEqualTo(gpu);
        assertThat(pod.getTolerations()).extracting("key").isEqualTo(gpu ? List.of("nvidia.com/gpu") : List.of());
        assertThat(container.getImage().endsWith("-gpu")).isEqualTo(gpu);
    }
}
