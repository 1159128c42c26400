package dev.blastscope.inference.web;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.http.ProblemDetail;

/** The answers to a batch, in the order sent: each a prediction or a problem of its own. */
@Schema(name = "Predictions")
record BatchJson(
        @ArraySchema(schema = @Schema(anyOf = {PredictionJson.class, ProblemDetail.class}))
        List<Object> results) {}
