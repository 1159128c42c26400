package dev.blastscope.audit;

/** The actions that are recorded, by name, so that an older program can read the records of a newer one. */
public enum AuditAction {
    PREDICTION,
    /** Several fields of one slide were predicted together; each has a record of its own. */
    CASE_PREDICTION,
    PREDICTION_REPLAYED,
    MODEL_ACTIVATED,
    MODEL_ROLLED_BACK,
    MODEL_DELETED,
    SHADOW_STARTED,
    SHADOW_ENDED,
    TRAINING_STARTED,
    TRAINING_CANCELLED,
    DATASET_UPLOADED,
    DATASET_DELETED,
    IMAGE_ERASED,
    KEY_CREATED,
    KEY_ROTATED,
    KEY_DELETED,
    /** The contents of the records listed in it were erased. */
    ERASURE,
    /** The records up to the one named in it were deleted because of their age. */
    RETENTION
}
