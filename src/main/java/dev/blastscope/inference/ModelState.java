package dev.blastscope.inference;

import java.util.Map;

/** How far the service is with its model. */
sealed interface ModelState {

    /**
     * The model is being made or loaded.
     *
     * @param progress what is going on, for people
     */
    record Loading(Map<String, Object> progress) implements ModelState {}

    /** The model is loaded and warm. */
    record Ready(ServingModel model) implements ModelState {}

    /**
     * There is no model, and there will be none without somebody's help.
     *
     * @param reason why, and what to do
     */
    record Failed(String reason) implements ModelState {}
}
