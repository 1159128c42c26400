package dev.blastscope.inference;

import java.util.List;

/** Hears of predictions on the thread of their request, before the caller does; what it throws the caller gets instead. */
public interface PredictionListener {

    /** Some images were diagnosed, all for one request. */
    void answered(List<ImagePrediction> predictions);
}
