package dev.blastscope.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What must hold of the ONNX Runtime that is shipped, whichever version it becomes. */
class OnnxRuntimeLibraryIT {

    private static final String LINUX = "/ai/onnxruntime/native/linux-x64/libonnxruntime.so";

    /** A library that can be told not to report its use reports it unless told. */
    @Test
    void itReportsNothingToAnybody() throws Exception {
        try (InputStream library = OrtEnvironment.class.getResourceAsStream(LINUX)) {
            String bytes = new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(bytes.contains("DISABLE_TELEMETRY"))
                    .as(
                            "a switch for telemetry in ONNX Runtime: set it before the library loads, or take another version")
                    .isFalse();
        }
    }
}
