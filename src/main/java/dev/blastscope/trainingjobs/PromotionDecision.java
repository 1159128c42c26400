package dev.blastscope.trainingjobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.training.HeldOutComparison;
import dev.blastscope.training.HeldOutComparison.PairedDifference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a candidate may replace the active model, and why.
 *
 * @param candidate the candidate's version
 * @param active the version that it was compared with; absent where none was active
 * @param promoted whether it may
 * @param summary the verdict in a sentence or two
 * @param checks what was checked, in order; empty where nothing could be or had to be compared
 * @param comparison what was measured; absent where nothing was
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PromotionDecision(
        String candidate,
        Optional<String> active,
        boolean promoted,
        String summary,
        List<Check> checks,
        Optional<HeldOutComparison> comparison) {

    public PromotionDecision {
        checks = List.copyOf(checks);
    }

    /** The verdict and each check, a line each. */
    public String inWords() {
        return Stream.concat(
                        Stream.of(summary),
                        checks.stream().map(check -> (check.passed() ? "  passed: " : "  FAILED: ") + check.sentence()))
                .collect(Collectors.joining("\n"));
    }

    /**
     * One thing that a candidate must show.
     *
     * @param name such as "sensitivity-floor"; stable
     * @param sentence what was found, with its numbers, and what was asked
     * @param numbers the figures that the check rests on; absent where it only counts images
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Check(String name, boolean passed, String sentence, Optional<PairedDifference> numbers) {}
}
