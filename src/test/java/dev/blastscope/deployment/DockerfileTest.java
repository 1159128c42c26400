package dev.blastscope.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** The image has what the program looks for, under the names by which it looks. */
class DockerfileTest {

    private static final Dockerfile DOCKERFILE = Dockerfile.read();

    @Test
    void exposesThePortOfTheService() {
        int port = new TomcatServletWebServerFactory().getPort();

        assertThat(DOCKERFILE.one("EXPOSE")).isEqualTo(Integer.toString(port));
        assertThat(Application.property("server.port")).isEmpty();
    }

    @Test
    void keepsItsStateInTheVolume() {
        assertThat(DOCKERFILE.environment()).containsEntry("BLASTSCOPE_HOME", DOCKERFILE.one("VOLUME"));
    }

    @Test
    void setsNoSettingThatDoesNotExist() {
        assertThat(DOCKERFILE.environment().keySet())
                .filteredOn(name -> name.startsWith("BLASTSCOPE_") || name.startsWith("SPRING_"))
                .isNotEmpty()
                .allMatch(SettingNames::isKnown);
    }

    @Test
    void isMadeOfPinnedImagesAndFilesThatAreThere() {
        assertThat(DOCKERFILE.baseImages()).isNotEmpty().allMatch(image -> image.matches("[a-z-]+:[a-z0-9].*"));
        assertThat(DOCKERFILE.copied()).isNotEmpty().allMatch(Files::exists);
    }

    @Test
    void runsAsNobodyInParticular() {
        assertThat(DOCKERFILE.all("USER")).hasSize(2).containsOnly("10001:10001");
    }

    @Test
    void theDefaultIsTheCpu() {
        assertThat(DOCKERFILE.all("FROM")).last().isEqualTo("system AS cpu");
    }

    @Test
    void fetchesTheLibtorchThatTheProgramIsBuiltAgainst() {
        assertThat(DOCKERFILE.one("ARG")).isEqualTo("PYTORCH=" + Application.pom("pytorch.version"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jnilib/linux-x86_64/cpu/libdjl_torch.so",
                "jnilib/linux-aarch64/cpu/libdjl_torch.so",
                "jnilib/linux-x86_64/cu128/libdjl_torch.so",
                "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
                "ai/onnxruntime/native/linux-aarch64/libonnxruntime.so",
                "com/sun/jna/linux-x86-64/libjnidispatch.so",
                "com/sun/jna/linux-aarch64/libjnidispatch.so"
            })
    void theLibrariesLieInTheJarsWhereTheImageTakesThemFrom(String library) {
        assertThat(getClass().getClassLoader().getResource(library)).isNotNull();
    }

    @Test
    void javaIsToldOfTheFolderWithTheLibraries() throws IOException {
        assertThat(Files.readAllLines(Path.of("src/main/docker/java.options")))
                .contains(
                        "-Donnxruntime.native.path=/opt/blastscope/native",
                        "-Djna.boot.library.path=/opt/blastscope/native");
        assertThat(DOCKERFILE.all("COPY")).contains("--from=build /native /opt/blastscope/native");
    }

    @Test
    void theRehearsalLeavesItsCacheWhereTheEntryPointLooks() {
        assertThat(DOCKERFILE.one("ENTRYPOINT"))
                .contains("@/opt/blastscope/java.options", "-XX:AOTCache=/opt/blastscope/blastscope.aot");
        assertThat(DOCKERFILE.all("RUN")).contains("/rehearse /opt/blastscope/blastscope.aot /samples/*.jpg");
    }
}
