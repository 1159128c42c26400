package dev.blastscope.audit;

/** What can be on record. Records keep the name, so that one of a newer program can be read by an older one. */
public enum AuditAction {
    PREDICTION,
    PREDICTION_REPLAYED,
    MODEL_ACTIVATED,
    MODEL_ROLLED_BACK,
    MODEL_DELETED,
    TRAINING_STARTED,
    TRAINING_CANCELLED,
    DATASET_UPLOADED,
    DATASET_DELETED,
    KEY_CREATED,
    KEY_ROTATED,
    KEY_DELETED,
    /** The contents of the records named in it were erased. */
    ERASURE,
    /** The records up to the one named in it were deleted, for their age. */
    RETENTION
}
