package dev.blastscope.keptimages.web;

import dev.blastscope.keptimages.KeptImages;
import dev.blastscope.web.Problems;
import dev.blastscope.web.RequestRefused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Kept images over HTTP. */
@Tag(
        name = "Images",
        description = "Images that the operator keeps, which are none unless blastscope.images.keep is true")
@RestController
class KeptImageController {

    private static final String SHA256 = "0577c501f009dc001c39bd02daac5fa00d30157faed12b55683b18892ce0e80d";

    private final KeptImages images;

    KeptImageController(KeptImages images) {
        this.images = images;
    }

    @Operation(
            operationId = "getThumbnail",
            summary = "Get a small picture of an image that was posted or learned from",
            description = "The longest side has at most 256 pixels. Predictions name similar training images by their"
                    + " SHA-256.")
    @ApiResponse(
            responseCode = "200",
            description = "The picture",
            content =
                    @Content(
                            mediaType = MediaType.IMAGE_JPEG_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @Problems("unknown-image")
    @GetMapping(path = "/api/v1/images/{sha256}/thumbnail", produces = MediaType.IMAGE_JPEG_VALUE)
    byte[] thumbnail(
            @Parameter(description = "SHA-256 of the image's file", example = SHA256) @PathVariable String sha256) {
        return images.thumbnail(sha256).orElseThrow(() -> new RequestRefused(KeptImageProblems.UNKNOWN_IMAGE));
    }

    @Operation(
            operationId = "eraseKeptImage",
            summary = "Erase a kept image of this replica, if there is one",
            description = "The records of its predictions are erased at /api/v1/admin/audit/images/{image}.")
    @ApiResponse(responseCode = "204", description = "It is not kept")
    @DeleteMapping("/api/v1/admin/images/{sha256}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void erase(@Parameter(description = "SHA-256 of the image's file", example = SHA256) @PathVariable String sha256)
            throws IOException {
        images.erase(sha256);
    }
}
