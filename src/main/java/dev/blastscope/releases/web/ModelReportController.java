package dev.blastscope.releases.web;

import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.ModelStore.DescribedRendition;
import dev.blastscope.modelstore.OutOfFoldAnswers;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.releases.DescribedModels;
import dev.blastscope.report.Report;
import dev.blastscope.report.ReportPage;
import dev.blastscope.report.ReportWriter;
import dev.blastscope.web.Notice;
import dev.blastscope.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a model achieved, to be read by a person or a program. */
@Tag(name = "Models")
@RestController
@RequestMapping("/api/v1/models")
class ModelReportController {

    /** The page has its style in itself and nothing else. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final ModelStore store;
    private final DescribedModels described;

    ModelReportController(ModelStore store, DescribedModels described) {
        this.store = store;
        this.described = described;
    }

    @Operation(
            operationId = "getModelReport",
            summary = "Get the report of a version: as a page for Accept: text/html, else as JSON",
            description =
                    "The figures on the images that the model was trained on, each judged by heads that saw nothing of its"
                            + " group, with the ROC, the reliability, the groups with errors and the images that were wrong.")
    @ApiResponse(
            responseCode = "200",
            description = "The report",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Report.class)),
                @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string"))
            })
    @Problems({"no-such-model", "no-such-rendition", "damaged-model"})
    @GetMapping(
            path = "/{version}/report",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<Object> report(
            @Parameter(description = "A version, or \"embedded\"", example = EmbeddedModel.VERSION) @PathVariable
                    String version,
            @Parameter(description = ModelController.RENDITION, example = "fp32") @RequestParam
                    Optional<String> rendition,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept)
            throws Refusal {
        Report report = report(version, rendition);
        return accept.contains(MediaType.TEXT_HTML_VALUE)
                ? ResponseEntity.ok()
                        .contentType(MediaType.TEXT_HTML)
                        .header("Content-Security-Policy", POLICY)
                        .body(ReportPage.of(report))
                : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(report);
    }

    private Report report(String version, Optional<String> rendition) throws Refusal {
        DescribedRendition found = described.find(version, rendition).rendition();
        ModelCard card = found.card();
        List<OutOfFoldAnswers.Row> answers = store.outOfFold(version, found.precision())
                .map(OutOfFoldAnswers::rows)
                .orElse(List.of());
        Optional<EvaluationFigures> figures = card.evaluations().stream().findFirst();
        return new ReportWriter(version, found.digest(), card.remarks(), card.limits(), Notice.RESEARCH_USE)
                .report(ReportWriter.trainingSubject(card), figures, answers, sha256 -> Optional.empty());
    }
}
