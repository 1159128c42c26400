package dev.blastscope.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the native libraries themselves say, in a process that nobody prepared from outside. */
@EnabledOnOs(OS.LINUX)
class NativeRuntimeIT {

    private static final int FEW_PAGES = 1_000; // of the 12,288 of a block

    @Test
    void openMpSleepsWhileItWaits() throws Exception {
        String output = NativeProcess.output(List.of(), Map.of());

        assertThat(output).contains("OMP_WAIT_POLICY = 'PASSIVE'").contains("GOMP_SPINCOUNT = '0'");
    }

    @Test
    void threadsFollowTheCpusGrantedToTheJvm() throws Exception {
        String output = NativeProcess.output(List.of("-XX:ActiveProcessorCount=3"), Map.of());

        assertThat(output).contains("OMP_NUM_THREADS = '3'").contains("threads = 3");
    }

    @Test
    void freedMemoryIsUsedAgainAndNotMappedAnew() throws Exception {
        Matcher pages =
                Pattern.compile("pages mapped again = (\\d+)").matcher(NativeProcess.output(List.of(), Map.of()));

        assertThat(pages.find()).isTrue();
        assertThat(Integer.parseInt(pages.group(1))).isLessThan(FEW_PAGES);
    }

    @Test
    void whatTheEnvironmentSetsStays() throws Exception {
        String output = NativeProcess.output(
                List.of("-XX:ActiveProcessorCount=3"), Map.of("OMP_WAIT_POLICY", "ACTIVE", "OMP_NUM_THREADS", "2"));

        assertThat(output)
                .contains("OMP_WAIT_POLICY = 'ACTIVE'")
                .contains("OMP_NUM_THREADS = '2'")
                .contains("threads = 2");
    }
}
