package dev.blastscope.inference.web;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONTENT_TOO_LARGE;
import static org.springframework.http.HttpStatus.GATEWAY_TIMEOUT;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;
import static org.springframework.http.HttpStatus.TOO_MANY_REQUESTS;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.springframework.http.HttpStatus.UNSUPPORTED_MEDIA_TYPE;

import dev.blastscope.web.ProblemCatalog;
import dev.blastscope.web.ProblemKind;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;

/** The problems of uploads and predictions. */
@Component
final class PredictionProblems implements ProblemCatalog {

    static final ProblemKind INVALID_DEADLINE = ProblemKind.of(
            BAD_REQUEST,
            "invalid-deadline",
            "The deadline is not a number in the accepted range",
            DeadlineHeader.NAME + " must be a whole number of milliseconds from 1 to " + DeadlineHeader.MAX + ".");
    static final ProblemKind UNKNOWN_HEAD = ProblemKind.of(
            BAD_REQUEST,
            "unknown-head",
            "The head to explain is missing or unknown",
            "The parameter head must be one of: malignancy, subtype.");
    static final ProblemKind NO_SUBTYPE = ProblemKind.of(
            UNPROCESSABLE_CONTENT,
            "no-subtype",
            "There is no subtype to explain, as the outcome is benign",
            "The outcome is BENIGN, so there is no subtype to explain. Ask for head=malignancy. The prediction is recorded.");
    static final ProblemKind INCOMPLETE_BODY = ProblemKind.of(
            BAD_REQUEST,
            "incomplete-body",
            "The body ends early",
            "The body could not be read to its end. Send as many bytes as Content-Length says, or valid chunks.");
    static final ProblemKind MISSING_PART = ProblemKind.of(
            BAD_REQUEST,
            "missing-part",
            "The form has no file",
            "The form has no file in a part named image. Send the image as a file, with a file name: curl -F"
                    + " image=@smear.jpg");
    static final ProblemKind UNKNOWN_PART = ProblemKind.of(
            BAD_REQUEST,
            "unknown-part",
            "The form has a file under another name",
            "The form has a file in a part of another name; the part must be named image.");
    static final ProblemKind TOO_MANY_PARTS = ProblemKind.of(
            BAD_REQUEST,
            "too-many-parts",
            "The form has more than one file",
            "The form has 2 files; send exactly one, in a part named image, or several to /api/v1/predictions/batch.");
    static final ProblemKind TOO_MANY_IMAGES = ProblemKind.of(
            CONTENT_TOO_LARGE,
            "too-many-images",
            "The request has too many images",
            "The form has 17 images; at most 16 are accepted in one request.");
    static final ProblemKind TOO_MANY_UPLOADS = ProblemKind.of(
            TOO_MANY_REQUESTS,
            "too-many-uploads",
            "The uploads in progress leave no memory for this one",
            "The uploads in progress leave no memory for this one. Try again in 1 s, or send smaller images.");

    /** No client reads it; it keeps such requests apart in the metrics. The number is nginx's. */
    private static final HttpStatusCode CLIENT_CLOSED_REQUEST = HttpStatusCode.valueOf(499);

    @Override
    public List<ProblemKind> kinds() {
        return List.of(
                INVALID_DEADLINE,
                UNKNOWN_HEAD,
                NO_SUBTYPE,
                INCOMPLETE_BODY,
                MISSING_PART,
                UNKNOWN_PART,
                TOO_MANY_PARTS,
                TOO_MANY_IMAGES,
                TOO_MANY_UPLOADS,
                ProblemKind.of(
                        BAD_REQUEST, "empty", "The file is empty", "The file is empty. Send the bytes of an image."),
                ProblemKind.of(
                        CONTENT_TOO_LARGE,
                        "too-many-bytes",
                        "The file is too large",
                        "The file has 20,000,000 bytes; at most 16,777,216 are accepted. Send a smaller or more"
                                + " compressed image."),
                ProblemKind.of(
                        CONTENT_TOO_LARGE,
                        "too-many-pixels",
                        "The image has too many pixels",
                        "The image is 10000 x 10000, 100,000,000 pixels; at most 40,000,000 are accepted. Send a smaller"
                                + " image."),
                ProblemKind.of(
                        CONTENT_TOO_LARGE,
                        "side-too-long",
                        "A side of the image is too long",
                        "The image is 30000 x 30000 pixels; a side of at most 16384 is accepted. Send a smaller image."),
                ProblemKind.of(
                        UNSUPPORTED_MEDIA_TYPE,
                        "not-an-image",
                        "The first bytes are those of no accepted image format",
                        "Unrecognised image format. Send one of: JPEG, PNG, BMP, TIFF, GIF."),
                ProblemKind.of(
                        UNPROCESSABLE_CONTENT,
                        "too-small",
                        "A side of the image is too short",
                        "The image is 16 x 16 pixels; a side of at least 32 is needed. Send the image as the camera took"
                                + " it."),
                ProblemKind.of(
                        UNPROCESSABLE_CONTENT,
                        "truncated",
                        "The file ends before its image does",
                        "The JPEG file ends before its image does. Send the complete file; the upload or an earlier copy"
                                + " may have been cut short."),
                ProblemKind.of(
                        UNPROCESSABLE_CONTENT,
                        "damaged",
                        "The file contradicts its own format",
                        "The PNG file is damaged: its image cannot be read. Export it again from the original."),
                ProblemKind.of(
                        UNPROCESSABLE_CONTENT,
                        "unsupported-pixels",
                        "The pixels are of a kind that photographs of smears do not have",
                        "The TIFF file has 32 bits per sample. Save the image with 8 or 16 bits per sample in grey, RGB"
                                + " or CMYK, for example as an ordinary PNG."),
                ProblemKind.of(
                        TOO_MANY_REQUESTS,
                        "queue-full",
                        "Too many images are waiting",
                        "The queue is full: 64 images are waiting. Try again in 2 s."),
                ProblemKind.of(
                        SERVICE_UNAVAILABLE,
                        "model-not-ready",
                        "No model is loaded yet",
                        "The model is still being loaded. Try again in a moment."),
                ProblemKind.of(
                        SERVICE_UNAVAILABLE,
                        "model-changed",
                        "Another model became active between the fields of a case",
                        "Another model became active between the fields of the case. Send it again; it was not"
                                + " decided."),
                ProblemKind.of(
                        GATEWAY_TIMEOUT,
                        "deadline-exceeded",
                        "The deadline passed before the answer was ready",
                        "The deadline passed before the answer was ready. Allow more time, or try again when fewer"
                                + " images wait."),
                new ProblemKind(
                        "client-closed-request",
                        CLIENT_CLOSED_REQUEST,
                        "The client disconnected",
                        "The connection was closed before the answer was ready."));
    }
}
