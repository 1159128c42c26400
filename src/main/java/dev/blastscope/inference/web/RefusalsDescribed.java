package dev.blastscope.inference.web;

import dev.blastscope.web.ApiDescription;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Describes the refusals of predictions in the OpenAPI document, with an example each. */
@Component
final class RefusalsDescribed implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addResponses("Malformed", malformed())
                .addResponses("TooLarge", tooLarge())
                .addResponses("NotAnImage", notAnImage())
                .addResponses("UnusableImage", unusableImage())
                .addResponses("Overloaded", overloaded())
                .addResponses("NotReady", notReady())
                .addResponses("DeadlinePassed", deadlinePassed());
    }

    private static ApiResponse malformed() {
        return ApiDescription.problem(
                "Malformed: no file, an empty one, too many, a broken form or a bad header",
                HttpStatus.BAD_REQUEST,
                "invalid-deadline",
                "X-Deadline-Ms must be a whole number of milliseconds from 1 to 600000.");
    }

    private static ApiResponse tooLarge() {
        return ApiDescription.problem(
                "Too many bytes, pixels or images",
                HttpStatus.CONTENT_TOO_LARGE,
                "side-too-long",
                "The image is 30000 x 30000 pixels; a side of at most 16384 is accepted. Send a smaller image.");
    }

    private static ApiResponse notAnImage() {
        return ApiDescription.problem(
                "Not a supported image, by its first bytes, or a body of another type",
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "not-an-image",
                "The bytes do not begin like an image of any accepted format. Send one of: JPEG, PNG, BMP, TIFF, GIF.");
    }

    private static ApiResponse unusableImage() {
        return ApiDescription.problem(
                "An image that cannot be used: cut short, damaged, too small, or of unusual pixels",
                HttpStatus.UNPROCESSABLE_CONTENT,
                "truncated",
                "The JPEG file ends before its image does. Send the complete file; the upload or an earlier copy may have"
                        + " been cut short.");
    }

    private static ApiResponse overloaded() {
        return ApiDescription.problem(
                        "Too many images are waiting",
                        HttpStatus.TOO_MANY_REQUESTS,
                        "overloaded",
                        "The queue is full: 64 images are waiting. Try again in 2 s.")
                .addHeaderObject(HttpHeaders.RETRY_AFTER, retryAfter());
    }

    private static ApiResponse notReady() {
        return ApiDescription.problem(
                        "No model is ready",
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "model-not-ready",
                        "The model is still being loaded. Try again in a moment.")
                .addHeaderObject(HttpHeaders.RETRY_AFTER, retryAfter());
    }

    private static ApiResponse deadlinePassed() {
        return ApiDescription.problem(
                "The deadline passed first",
                HttpStatus.GATEWAY_TIMEOUT,
                "deadline-passed",
                "The deadline passed before the answer came. Allow more time, or try again when fewer images wait.");
    }

    private static Header retryAfter() {
        return new Header().description("Seconds to wait").schema(new IntegerSchema().example(2));
    }
}
