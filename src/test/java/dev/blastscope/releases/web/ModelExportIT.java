package dev.blastscope.releases.web;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.blastscope.inference.web.RunningService;
import dev.blastscope.inference.web.ServiceClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Models can be taken elsewhere. */
@RunningService
class ModelExportIT {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"int8", "fp32"})
    void eachRenditionIsAnOnnxFileThatAnotherRuntimeLoads(String rendition) throws Exception {
        HttpResponse<byte[]> reply = download("?rendition=" + rendition);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(reply.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"blastscope-embedded-" + rendition + ".onnx\"");
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(reply.body())) {
            assertThat(session.getInputNames()).containsExactly("images");
            assertThat(session.getOutputNames()).containsExactly("features", "malignancy", "subtype");
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("version", "embedded")
                    .containsEntry("rendition", rendition);
        }
    }

    @Test
    void theRenditionThatIsServedIsExportedWhereNoneIsNamed() throws Exception {
        assertThat(download("").body()).isEqualTo(download("?rendition=int8").body());
    }

    @Test
    void aRenditionThatIsNotThereIsAProblem() {
        new ServiceClient(port)
                .get("/api/v1/models/embedded/onnx?rendition=int4")
                .isProblem(404, "no-such-rendition");
    }

    @Test
    void aVersionThatIsNotThereIsAProblem() {
        new ServiceClient(port).get("/api/v1/models/2020-01-01.1/onnx").isProblem(404, "no-such-model");
    }

    private HttpResponse<byte[]> download(String query) throws Exception {
        URI address = URI.create("http://localhost:" + port + "/api/v1/models/embedded/onnx" + query);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
    }
}
