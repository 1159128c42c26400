package dev.blastscope.deployment;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Kubernetes' own types, which are strict here: a field that they do not have, a value of the wrong type, a key that
 * occurs twice and a kind that is not listed fail.
 */
final class KubernetesModel {

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Stream.<Class<? extends HasMetadata>>of(
                    Namespace.class,
                    ServiceAccount.class,
                    ConfigMap.class,
                    Secret.class,
                    PersistentVolumeClaim.class,
                    Deployment.class,
                    Service.class,
                    NetworkPolicy.class,
                    PodDisruptionBudget.class,
                    HorizontalPodAutoscaler.class,
                    PodMonitor.class,
                    PrometheusRule.class)
            .collect(toMap(kind -> HasMetadata.getApiVersion(kind) + " " + HasMetadata.getKind(kind), identity()));

    private static final ObjectMapper MAPPER = mapper();

    private KubernetesModel() {}

    /** The objects of a file of several documents. */
    static List<HasMetadata> objects(String yaml) {
        return documents(yaml).map(KubernetesModel::object).toList();
    }

    /** The file's only document as this type. */
    static <T> T document(String yaml, Class<T> type) {
        List<Map<?, ?>> documents = documents(yaml).toList();
        if (documents.size() != 1) {
            throw new IllegalArgumentException("One document is wanted, not " + documents.size());
        }
        return MAPPER.convertValue(documents.get(0), type);
    }

    private static HasMetadata object(Map<?, ?> document) {
        String kind = document.get("apiVersion") + " " + document.get("kind");
        Class<? extends HasMetadata> type = Optional.ofNullable(KINDS.get(kind))
                .orElseThrow(() -> new IllegalArgumentException("No such kind: " + kind));
        return MAPPER.convertValue(document, type);
    }

    private static Stream<Map<?, ?>> documents(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return StreamSupport.stream(
                        new Yaml(new SafeConstructor(options)).loadAll(yaml).spliterator(), false)
                .map(document -> (Map<?, ?>) document);
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper =
                JsonMapper.builder().annotationIntrospector(new NothingElse()).build();
        mapper.configOverride(List.class).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY));
        return mapper;
    }

    /** Takes no notice that these types would collect unknown fields. */
    private static final class NothingElse extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }
}
