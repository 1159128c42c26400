package dev.blastscope.inference.web;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The refusals that a prediction may get, for the OpenAPI document; {@link RefusalsDescribed} describes them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(responseCode = "400", ref = "Malformed")
@ApiResponse(responseCode = "413", ref = "TooLarge")
@ApiResponse(responseCode = "415", ref = "NotAnImage")
@ApiResponse(responseCode = "422", ref = "UnusableImage")
@ApiResponse(responseCode = "429", ref = "Overloaded")
@ApiResponse(responseCode = "503", ref = "NotReady")
@ApiResponse(responseCode = "504", ref = "DeadlinePassed")
@interface PredictionProblemsDocumented {}
