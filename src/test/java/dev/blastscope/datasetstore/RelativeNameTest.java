package dev.blastscope.datasetstore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelativeNameTest {

    @ParameterizedTest
    @CsvSource({"a/b, a/b", "./a//b/., a/b", "a/../b, b", "a/b/../../c, c", "'',''"})
    void aNameIsNormalisedAsAPathWouldBe(String name, String normalised) {
        assertThat(RelativeName.normalise(name)).hasValue(normalised);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "/a", "a/../..", "../a", "./../a"})
    void aNameThatLeadsOutIsNone(String name) {
        assertThat(RelativeName.normalise(name)).isEmpty();
    }
}
