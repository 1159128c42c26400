package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.prediction.SmearClass;
import dev.blastscope.training.HeldOutComparison;
import dev.blastscope.training.HeldOutComparison.PairedDifference;
import dev.blastscope.trainingjobs.PromotionGate.Settings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PromotionGateTest {

    private static final PairedDifference GAIN = difference(0.97, 0.98, -0.01, 0.03);
    private static final PairedDifference ERROR = difference(0.010, 0.012, -0.01, 0.02);

    private final Settings settings = new Settings(0.02, 0.95, 0.02, 20, 5, "embedded", 8);

    @Test
    void aCandidateThatLosesNothingPasses() {
        PromotionDecision decision = judge(settings, measured(60, GAIN, GAIN, GAIN, ERROR));

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.summary())
                .isEqualTo("Model 2026-11-23.2 may replace model 2026-11-23.1: it passed every check.");
        assertThat(decision.checks())
                .extracting(PromotionDecision.Check::name)
                .containsExactly(
                        "test-images", "sensitivity-floor", "sensitivity", "specificity", "accuracy", "calibration");
        assertThat(decision.toText())
                .contains(
                        "  passed: Specificity goes from 0.970 to 0.980 (+0.010, 97.5 % interval -0.010 to +0.030, 60 images"
                                + " in 12 groups): no loss beyond the margin; the margin is 0.020 at the interval's lower end.");
    }

    @Test
    void aSignificantLossFailsHoweverSmall() {
        PromotionDecision decision =
                judge(settings, measured(60, GAIN, difference(0.98, 0.97, -0.015, -0.001), GAIN, ERROR));

        assertThat(failed(decision)).containsExactly("specificity");
        assertThat(decision.summary()).endsWith("it failed specificity.");
        assertThat(decision.toText()).contains("  FAILED: Specificity").contains("a significant loss");
    }

    @Test
    void aLossThatTheIntervalLeavesPossibleFails() {
        PairedDifference wide = difference(0.98, 0.98, -0.03, 0.03);

        PromotionDecision decision = judge(settings, measured(60, GAIN, wide, GAIN, ERROR));

        assertThat(failed(decision)).containsExactly("specificity");
        assertThat(decision.toText()).contains("a loss beyond the margin cannot be ruled out");
    }

    @Test
    void modelsThatDifferOnNoImageLoseNothingHoweverFewTheGroups() {
        PairedDifference none = new PairedDifference(
                0.98, 0.98, 0, -0.5, 0.5, 60, 5, false, "exact bound over 5 groups, on none of which they differ");

        assertThat(failed(judge(settings, measured(60, none, none, none, ERROR))))
                .isEmpty();
    }

    @Test
    void aCandidateMustNotLoseToTheFixedReferenceEither() {
        PairedDifference loss = difference(0.99, 0.95, -0.06, -0.01);
        HeldOutComparison fine = measured(60, GAIN, GAIN, GAIN, ERROR);

        PromotionDecision decision = PromotionGate.judge(
                settings,
                "2026-11-23.2",
                "2026-11-23.1",
                fine,
                Optional.of("embedded"),
                Optional.of(measured(60, GAIN, loss, GAIN, ERROR)));

        assertThat(failed(decision)).containsExactly("reference-specificity");
        assertThat(decision.toText()).contains("FAILED: Specificity from reference embedded goes from 0.990 to 0.950");
        assertThat(decision.checks()).hasSize(9);
    }

    @Test
    void sensitivityHasAFloorWhateverTheActiveModelHas() {
        PairedDifference betterButPoor = difference(0.80, 0.90, 0.05, 0.15);

        assertThat(failed(judge(settings, measured(60, betterButPoor, GAIN, GAIN, ERROR))))
                .containsExactly("sensitivity-floor");
    }

    @Test
    void calibrationMayNotWorsenByMoreThanItsMargin() {
        assertThat(failed(judge(settings, measured(60, GAIN, GAIN, GAIN, difference(0.01, 0.05, -0.01, 0.09)))))
                .containsExactly("calibration");
    }

    @Test
    void tooFewImagesAreToldAndNothingElseIsJudged() {
        PromotionDecision decision = judge(settings, measured(19, GAIN, GAIN, GAIN, ERROR));

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.checks()).singleElement().satisfies(check -> assertThat(check.sentence())
                .isEqualTo("Too few images can be compared (19 benign in 7, 100 early_pre_b in 7, 100 pre_b in 7,"
                        + " 100 pro_b in 7 groups): add 1 image of class benign. 5 more are of groups that the active model"
                        + " learned from and has no out-of-fold answers for."));
    }

    @Test
    void tooFewGroupsAreToldAsWell() {
        HeldOutComparison oneGroup = new HeldOutComparison(
                images(12),
                Map.of(SmearClass.BENIGN, 1, SmearClass.EARLY_PRE_B, 9, SmearClass.PRE_B, 4, SmearClass.PRO_B, 9),
                12,
                0,
                true,
                0.975,
                Optional.of(GAIN),
                Optional.of(GAIN),
                Optional.of(GAIN),
                Optional.of(ERROR));

        assertThat(judge(settings, oneGroup).checks()).singleElement().satisfies(check -> assertThat(check.sentence())
                .contains(
                        "add 8 images of class benign, from 4 further slides or patients; add images of class pre_b from"
                                + " 1 further slide or patient."));
    }

    @Test
    void itIsSaidWhenTheActiveModelMayKnowTheImages() {
        HeldOutComparison unknown = new HeldOutComparison(
                images(60),
                groups(),
                12,
                0,
                false,
                0.975,
                Optional.of(GAIN),
                Optional.of(GAIN),
                Optional.of(GAIN),
                Optional.of(ERROR));

        PromotionDecision decision = judge(settings, unknown);

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.summary()).contains("Which images model 2026-11-23.1 was trained on is not known");
        assertThat(decision.toText())
                .contains("groups, the candidate by answers that it gave without having learned from them.");
    }

    @Test
    void aDecisionIsWellReadAsJson() {
        JsonNode json = JsonMapper.shared().valueToTree(judge(settings, measured(60, GAIN, GAIN, GAIN, ERROR)));

        assertThat(json.path("promoted").asBoolean()).isTrue();
        assertThat(json.path("active").asString()).isEqualTo("2026-11-23.1");
        JsonNode specificity = json.path("checks").path(3);
        assertThat(specificity.path("passed").asBoolean()).isTrue();
        assertThat(specificity.path("numbers").path("low").asDouble()).isEqualTo(-0.01);
        assertThat(json.path("comparison").path("images").path("BENIGN").asInt())
                .isEqualTo(60);
    }

    private static PromotionDecision judge(Settings settings, HeldOutComparison measured) {
        return PromotionGate.judge(
                settings, "2026-11-23.2", "2026-11-23.1", measured, Optional.empty(), Optional.empty());
    }

    private static List<String> failed(PromotionDecision decision) {
        assertThat(decision.promoted()).isEqualTo(decision.checks().stream().allMatch(PromotionDecision.Check::passed));
        return decision.checks().stream()
                .filter(check -> !check.passed())
                .map(PromotionDecision.Check::name)
                .toList();
    }

    private static HeldOutComparison measured(
            int benign,
            PairedDifference sensitivity,
            PairedDifference specificity,
            PairedDifference accuracy,
            PairedDifference error) {
        return new HeldOutComparison(
                images(benign),
                groups(),
                12,
                5,
                true,
                0.975,
                Optional.of(sensitivity),
                Optional.of(specificity),
                Optional.of(accuracy),
                Optional.of(error));
    }

    private static Map<SmearClass, Integer> groups() {
        Map<SmearClass, Integer> groups = new EnumMap<>(SmearClass.class);
        for (SmearClass smearClass : SmearClass.values()) {
            groups.put(smearClass, 7);
        }
        return groups;
    }

    private static Map<SmearClass, Integer> images(int benign) {
        Map<SmearClass, Integer> images = new EnumMap<>(SmearClass.class);
        for (SmearClass smearClass : SmearClass.values()) {
            images.put(smearClass, 100);
        }
        images.put(SmearClass.BENIGN, benign);
        return images;
    }

    private static PairedDifference difference(double active, double candidate, double low, double high) {
        return new PairedDifference(candidate, active, candidate - active, low, high, 60, 12, true, "paired bootstrap");
    }
}
