package dev.blastscope.modelstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelVersionTest {

    @Test
    void aNameAndItsVersionSayTheSame() {
        ModelVersion version = new ModelVersion(LocalDate.of(2026, 11, 22), 10);
        assertThat(version).hasToString("2026-11-22.10");
        assertThat(ModelVersion.parse("2026-11-22.10")).contains(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "active",
                "2026-11-22",
                "2026-11-22.",
                "2026-11-22.0",
                "2026-11-22.01",
                "2026-11-22.-1",
                "2026-11-22.9999999999",
                "2026-02-30.1",
                "2026-13-01.1",
                "2026-11-22.1\n",
                " 2026-11-22.1",
                "2026-11-22.1/",
                "../2026-11-22.1",
                "../x",
                "/",
                "2026-11-22.1/../x",
                "\u0662026-11-22.1",
                "embedded"
            })
    void nothingElseIsAVersion(String name) {
        assertThat(ModelVersion.parse(name)).isEmpty();
    }

    @Test
    void versionsAreOrderedByDayAndThenByNumber() {
        assertThat(Stream.of("2026-11-22.10", "2026-11-22.9", "2026-12-01.1", "2025-12-31.99")
                        .flatMap(name -> ModelVersion.parse(name).stream())
                        .sorted()
                        .map(ModelVersion::toString))
                .containsExactly("2025-12-31.99", "2026-11-22.9", "2026-11-22.10", "2026-12-01.1");
    }
}
