package dev.blastscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Every command in the documentation is run, by {@link DocumentedCommandsIT}, or says why not: a block of the language
 * {@code sh} is run, one of the language {@code console} has the reason in a comment before it.
 */
class DocumentedBlocksTest {

    /** How many blocks are not run, so that none is added unseen. */
    private static final Map<String, Integer> NOT_RUN = new TreeMap<>(Map.ofEntries(
            Map.entry("README.md", 2),
            Map.entry("CONTRIBUTING.md", 1),
            Map.entry("docs/administration.md", 2),
            Map.entry("docs/operations.md", 3),
            Map.entry("k8s/README.md", 4),
            Map.entry("bench/abstention/README.md", 1),
            Map.entry("bench/backbone/README.md", 1),
            Map.entry("bench/cases/README.md", 1),
            Map.entry("bench/engines/README.md", 1),
            Map.entry("bench/image/README.md", 1),
            Map.entry("bench/latency/README.md", 1),
            Map.entry("bench/load/README.md", 1),
            Map.entry("bench/preprocessing/README.md", 1),
            Map.entry("bench/soak/README.md", 1),
            Map.entry("bench/startup-memory/README.md", 1),
            Map.entry("bench/training/README.md", 1)));

    @Test
    void everyBlockIsRunOrSaysWhyNot() throws IOException {
        Map<String, Integer> notRun = new TreeMap<>();
        for (Markdown page : Markdown.pages()) {
            assertThat(page.blocks()).as(page.name()).allSatisfy(block -> {
                assertThat(block.language()).isIn("sh", "console", "json", "properties", "text", "yaml");
                assertThat(block.notRun().isPresent())
                        .isEqualTo(block.language().equals("console"));
            });
            if (!page.in("console").isEmpty()) {
                notRun.put(page.name(), page.in("console").size());
            }
        }

        assertThat(notRun).isEqualTo(NOT_RUN);
    }
}
