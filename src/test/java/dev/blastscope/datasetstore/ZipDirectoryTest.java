package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipDirectoryTest {

    @ParameterizedTest
    @CsvSource({"a/b, a/b", "./a//b/., a/b", "a/../b, b", "a/b/../../c, c", "'',''"})
    void aNameIsNormalisedAsAPathWouldBe(String name, String normalised) {
        assertThat(ZipDirectory.normalise(name)).hasValue(normalised);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "/a", "a/../..", "../a", "./../a"})
    void aNameThatLeadsOutIsNone(String name) {
        assertThat(ZipDirectory.normalise(name)).isEmpty();
    }
}
