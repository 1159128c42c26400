package dev.blastscope.releases;

import static org.awaitility.Awaitility.await;

import dev.blastscope.Blastscope;
import dev.blastscope.inference.ActiveModel;
import dev.blastscope.inference.Client;
import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.Predictor;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A whole service on a port of its own, in this process. */
final class Service implements AutoCloseable {

    private static final String ADMIN_KEY = "the-admin-key-of-the-release-tests-0123";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Client PATIENT = new Client(Duration.ofMinutes(1), () -> false);

    private final Path home;
    private final ConfigurableApplicationContext context;

    private Service(Path home, ConfigurableApplicationContext context) {
        this.home = home;
        this.context = context;
    }

    static Service start(Path home, String... settings) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--blastscope.home=" + home,
                                "--blastscope.security.admin-key=" + ADMIN_KEY,
                                "--blastscope.releases.poll=100ms",
                                "--spring.datasource.hikari.connection-timeout=1000"),
                        Stream.of(settings))
                .toArray(String[]::new);
        return new Service(home, SpringApplication.run(Blastscope.class, arguments));
    }

    Service whenReady() {
        await().atMost(Duration.ofMinutes(2)).until(() -> serving().isPresent());
        return this;
    }

    Service whenServing(String version) {
        await().atMost(Duration.ofMinutes(2)).until(() -> serving()
                .map(ServingModel::version)
                .filter(version::equals)
                .isPresent());
        return this;
    }

    /** Publishes the embedded model under a new version, with a card of its own and so with another digest. */
    String publish() {
        return publish(store());
    }

    static String publish(ModelStore store) {
        return publish(store, "none").toString();
    }

    /** Also with the id of a training on its card, which is what tells such models apart. */
    static ModelVersion publish(ModelStore store, String training) {
        try {
            ModelFiles embedded = EmbeddedModel.open().files();
            return store.publish(embedded.backbone(), embedded.heads(), version -> {
                ObjectNode card = (ObjectNode) JsonMapper.shared().readTree(embedded.card());
                return JsonMapper.shared()
                        .writeValueAsBytes(card.put("version", version).put("training", training));
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    Optional<ServingModel> serving() {
        try {
            return Optional.of(context.getBean(ActiveModel.class).current());
        } catch (ModelNotReady e) {
            return Optional.empty();
        }
    }

    String version() {
        return serving().map(ServingModel::version).orElse("none");
    }

    ImagePrediction diagnose(byte[] image) throws Exception {
        return context.getBean(Predictor.class).predict(image, PATIENT);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Releases releases() {
        return context.getBean(Releases.class);
    }

    Publications publications() {
        return context.getBean(Publications.class);
    }

    ModelStore store() {
        return context.getBean(ModelStore.class);
    }

    JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    Path models() {
        return home.resolve("models");
    }

    List<String> versions() {
        return store().versions().stream()
                .map(stored -> stored.version().toString())
                .toList();
    }

    HttpResponse<String> send(String method, String path) {
        return send(method, path, ADMIN_KEY);
    }

    HttpResponse<String> send(String method, String path, String key) {
        return send(request(path).header("X-API-Key", key).method(method, BodyPublishers.noBody()));
    }

    HttpResponse<String> sendAccepting(String type, String path) {
        return send(request(path).header("Accept", type));
    }

    private HttpRequest.Builder request(String path) {
        String port = context.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JsonNode json(String method, String path) {
        return JsonMapper.shared().readTree(send(method, path).body());
    }

    @Override
    public void close() {
        context.close();
    }
}
