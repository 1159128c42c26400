package dev.blastscope.training;

/** Hears how far a training is; called on the training's thread. */
public interface TrainingProgress {

    /** The names of the stages, as they begin. */
    String FEATURES = "features";

    String HEADS = "heads";
    String FINE_TUNING = "fine-tuning";
    String ACTIVATION_RANGES = "activation ranges";
    String ADAPTATION = "adaptation";

    /**
     * A stage that is expected.
     *
     * @param steps the maximum number of its steps; 0 for {@link #FEATURES}, whose images are only counted as it begins
     * @param epochs whether a step is an epoch, and takes longer with more images
     */
    record Stage(String name, long steps, boolean epochs) {}

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
     * An epoch has these losses; called before {@link #done}.
     *
     * @param training the mean over its steps
     * @param validation over all validation images
     */
    default void losses(double training, double validation) {}
}
