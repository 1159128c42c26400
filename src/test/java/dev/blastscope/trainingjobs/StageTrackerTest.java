package dev.blastscope.trainingjobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blastscope.training.TrainingProgress.Stage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StageTrackerTest {

    private static final Stage FEATURES = new Stage("features", 0, false);
    private static final Stage RANGES = new Stage("activation ranges", 10, false);
    private static final Stage HEADS = new Stage("heads", 20, true);
    private static final List<Stage> PLAN = List.of(FEATURES, HEADS, RANGES, FEATURES, HEADS);

    private final StageTracker.Speeds speeds = new StageTracker.Speeds();
    private long seconds;

    @Test
    void eachStageHasItsNumberAmongThoseExpected() {
        StageTracker tracker = tracker(PLAN);
        assertThat(tracker.now()).isEmpty();

        tracker.begin("fetching the data set", 3);
        isAt(tracker, "fetching the data set", 1, 6);
        tracker.begin("features", 100);
        isAt(tracker, "features", 2, 6);
        tracker.begin("heads", 20);
        tracker.begin("features", 100);
        isAt(tracker, "features", 5, 6);
        tracker.begin("heads", 20);
        isAt(tracker, "heads", 6, 6);
        tracker.begin("heads", 20);
        isAt(tracker, "heads", 7, 7);
    }

    @Test
    void theTimeLeftOfTheJobIsUnknownUntilEachKindOfStageWasTimed() {
        StageTracker tracker = tracker(List.of(FEATURES, HEADS, FEATURES, HEADS));
        tracker.begin("features", 100);
        assertThat(now(tracker).stageSecondsLeft()).isEmpty();
        after(10, tracker, 50);
        assertThat(now(tracker).stageSecondsLeft()).hasValue(10L);
        assertThat(now(tracker).secondsLeft()).isEmpty();
        after(10, tracker, 100);

        tracker.begin("heads", 20);
        after(2, tracker, 10);
        assertThat(now(tracker).stageSecondsLeft()).hasValue(2L);
        // Features for 20 s and heads for 4 s are to come.
        assertThat(now(tracker).secondsLeft()).hasValue(26L);
    }

    @Test
    void aStageThatStoppedEarlyMayTakeAllItsStepsTheNextTime() {
        StageTracker tracker = tracker(List.of(FEATURES, HEADS, HEADS));
        tracker.begin("features", 100);
        after(1, tracker, 100);
        tracker.begin("heads", 20);
        after(5, tracker, 5);
        tracker.begin("heads", 20);
        after(1, tracker, 2);

        assertThat(now(tracker).stageSecondsLeft()).hasValue(9L);
        assertThat(now(tracker).secondsLeft()).hasValue(9L);
    }

    @Test
    void theNextTrainingOfTheNodeKnowsTheTimeLeftFromItsFirstStage() {
        StageTracker before = tracker(PLAN);
        before.begin("features", 100);
        after(10, before, 100);
        before.begin("heads", 20);
        after(20, before, 20);
        before.begin("activation ranges", 10);
        after(5, before, 10);
        before.begin("features", 100);

        StageTracker tracker = tracker(PLAN);
        tracker.begin("features", 200);
        after(10, tracker, 100);

        // Twice as many images: 10 s and 20 s of features, 5 s of ranges, and two times 40 s of heads.
        assertThat(now(tracker).secondsLeft()).hasValue(115L);
    }

    @Test
    void lossesAreThoseOfTheStage() {
        StageTracker tracker = tracker(List.of());
        tracker.begin("heads", 20);
        tracker.losses(0.5, Double.NaN);
        tracker.done(1, "");
        assertThat(now(tracker).trainingLoss()).hasValue(0.5);
        assertThat(now(tracker).validationLoss()).isEmpty();

        tracker.begin("features", 100);
        assertThat(now(tracker).trainingLoss()).isEmpty();
    }

    private StageTracker tracker(List<Stage> plan) {
        StageTracker tracker = new StageTracker(speeds, () -> TimeUnit.SECONDS.toNanos(seconds));
        tracker.plan(plan);
        return tracker;
    }

    private void after(int later, StageTracker tracker, long done) {
        seconds += later;
        tracker.done(done, "");
    }

    private static Training.Progress now(StageTracker tracker) {
        return tracker.now().orElseThrow();
    }

    private static void isAt(StageTracker tracker, String stage, int number, int count) {
        assertThat(now(tracker).stage()).isEqualTo(stage);
        assertThat(now(tracker).stageNumber()).isEqualTo(number);
        assertThat(now(tracker).stageCount()).isEqualTo(count);
    }
}
