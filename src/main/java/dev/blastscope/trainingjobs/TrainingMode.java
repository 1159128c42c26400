package dev.blastscope.trainingjobs;

/** What a training starts from. */
public enum TrainingMode {
    /** The backbone of the settings, and heads that know nothing. */
    TRAINING,
    /** The active model's backbone and heads, for a few images of one site. */
    ADAPTATION
}
