package dev.blastscope.trainingjobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.blastscope.training.HeldOutComparison;
import dev.blastscope.training.HeldOutComparison.PairedDifference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a candidate passed the promotion gate, and why.
 *
 * @param candidate the candidate's version
 * @param active the version that it was compared with; absent if no model was active
 * @param promoted whether the candidate may replace the active model
 * @param summary the decision in a sentence or two
 * @param checks what was checked, in order; empty if the models could not or need not be compared
 * @param comparison what was measured; absent if nothing was
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

    /** The summary, and a line for each check. */
    public String toText() {
        return Stream.concat(
                        Stream.of(summary),
                        checks.stream().map(check -> (check.passed() ? "  passed: " : "  FAILED: ") + check.sentence()))
                .collect(Collectors.joining("\n"));
    }

    /**
     * One thing that a candidate must show.
     *
     * @param name such as "sensitivity-floor"; stable
     * @param passed whether the candidate showed it
     * @param sentence what was found, with its numbers, and what was required
     * @param numbers the measured difference; absent for a check that only counts images
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Check(String name, boolean passed, String sentence, Optional<PairedDifference> numbers) {}
}
