package dev.blastscope.training;

/** Hears how far a training is; called on the training's thread. */
public interface TrainingProgress {

    /**
     * A stage begins.
     *
     * @param stage what is done, for people
     * @param total how many steps it has at most
     */
    void begin(String stage, long total);

    /**
     * Steps of the stage are done.
     *
     * @param done how many in all
     * @param remark how it goes, for people; empty if there is nothing to say
     */
    void done(long done, String remark);

    /**
     * An epoch has these losses; told before it is {@link #done}.
     *
     * @param training the mean over its steps
     * @param validation over all validation images
     */
    default void losses(double training, double validation) {}
}
