package dev.blastscope.releases.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.releases.ReleaseRefused;
import dev.blastscope.web.ProblemKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReleaseProblemsTest {

    @Test
    void everyReasonForARefusalIsInTheCatalog() {
        assertThat(new ReleaseProblems().kinds())
                .extracting(ProblemKind::code)
                .doesNotHaveDuplicates()
                .containsAll(Stream.of(ReleaseRefused.Reason.values())
                        .map(ReleaseRefused.Reason::code)
                        .toList());
    }
}
