package dev.blastscope.review;

import dev.blastscope.prediction.Prediction;

/** A prediction, and how far it may be believed. */
public record ReviewedPrediction(Prediction prediction, Review review) {

    public Outcome outcome() {
        return review.reasons().isEmpty() ? Outcome.of(prediction.winner()) : Outcome.REVIEW;
    }
}
