package dev.blastscope.training;

/**
 * One of several trainings within a stage.
 *
 * @param before the stage's steps before it
 * @param remark which one it is
 */
record PartOfStage(TrainingProgress stage, long before, String remark) implements TrainingProgress {

    @Override
    public void begin(String name, long total) {
        // It began with the stage.
    }

    @Override
    public void done(long done, String ofEpoch) {
        stage.done(before + done, ofEpoch.isEmpty() ? remark : remark + ", " + ofEpoch);
    }

    @Override
    public void losses(double training, double validation) {
        stage.losses(training, validation);
    }

    /** Skips what an early stop left. */
    void after(long steps) {
        stage.done(before + steps, remark);
    }
}
