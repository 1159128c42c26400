package dev.blastscope.releases.web;

import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.releases.ModelExports;
import dev.blastscope.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Models as files for other runtimes. */
@Tag(name = "Models")
@RestController
class ModelExportController {

    private final ModelExports exports;

    ModelExportController(ModelExports exports) {
        this.exports = exports;
    }

    @Operation(
            operationId = "downloadOnnx",
            summary = "Download a version as an ONNX file",
            description =
                    "Input: images (N, 3, 224, 224), preprocessed as the model card says. Outputs: features (N, 2048)"
                            + " and the logits malignancy (N, 2) and subtype (N, 3). The file's metadata holds the calibration and the threshold."
                            + " About 25 MB in int8, 100 MB in fp32. Research use only.")
    @ApiResponse(
            responseCode = "200",
            description = "The ONNX file",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    @Problems({"no-such-model", "no-such-rendition", "damaged-model", "unusable-model"})
    @GetMapping(path = "/api/v1/models/{version}/onnx", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<Resource> onnx(
            @Parameter(description = "A version, or \"embedded\"", example = EmbeddedModel.VERSION) @PathVariable
                    String version,
            @Parameter(description = ModelController.RENDITION, example = "fp32") @RequestParam
                    Optional<String> rendition)
            throws Refusal {
        ModelExports.Export export = exports.export(version, rendition);
        return ResponseEntity.ok()
                .eTag(export.digest())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(export.name())
                                .build()
                                .toString())
                .body(new FileSystemResource(export.file()));
    }
}
