package dev.blastscope.datasetstore.web;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.datasetstore.DatasetName;
import dev.blastscope.datasetstore.DatasetRefused;
import dev.blastscope.datasetstore.DatasetReport;
import dev.blastscope.datasetstore.DatasetSettings;
import dev.blastscope.datasetstore.Datasets;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Data sets over HTTP. */
@Tag(
        name = "Administration: data sets",
        description = "Upload labelled smears for trainings, and see what was stored of them")
@RestController
@RequestMapping(path = DatasetController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetController {

    static final String PATH = "/api/v1/admin/datasets";

    private static final String ZIP = "application/zip";
    private static final String EXAMPLE = "taleqani";

    private static final Logger log = LoggerFactory.getLogger(DatasetController.class);

    private final Datasets store;
    private final DatasetSettings settings;
    private final ObjectProvider<Datasets.Reader> readers;
    private final AuditTrail audit;

    DatasetController(
            Datasets store, DatasetSettings settings, ObjectProvider<Datasets.Reader> readers, AuditTrail audit) {
        this.audit = audit;
        this.store = store;
        this.settings = settings;
        this.readers = readers;
    }

    @Operation(
            operationId = "uploadDataset",
            summary = "Upload a data set",
            description =
                    "A zip with a folder per class (benign, early_pre_b, pre_b, pro_b, or Kaggle's own names) or a"
                            + " manifest.csv (path,label,group) with the images, at its top or in its only top folder. Every image is"
                            + " decoded before the response: 2,800 smears take about 20 s. The same content under the same name"
                            + " changes nothing, so that an upload whose response got lost can be sent again.")
    @RequestBody(
            required = true,
            description = "The zip",
            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "201", description = "Stored")
    @ApiResponse(responseCode = "200", description = "Already stored with the same content")
    @Problems({
        "invalid-dataset-name",
        "incomplete-body",
        "not-a-zip",
        "dataset-taken",
        "dataset-too-large",
        "unsupported-media-type",
        "unsafe-archive",
        "unusable-dataset",
        "insufficient-storage"
    })
    @PutMapping(path = "/{name}", consumes = ZIP)
    ResponseEntity<DatasetJson> put(
            @Parameter(description = "1 to 64 lower-case letters, digits and dashes", example = EXAMPLE) @PathVariable
                    String name,
            HttpServletRequest request)
            throws IOException, Refusal {
        try (UploadBody body = new UploadBody(request, settings.maxUpload().toBytes())) {
            DatasetName valid = DatasetName.of(name);
            Datasets.Stored stored = store.put(valid, request.getContentLengthLong(), body);
            DatasetReport report = stored.report();
            if (!stored.created()) {
                return ResponseEntity.ok(DatasetJson.of(report));
            }
            audit.record(AuditAction.DATASET_UPLOADED, Map.of("dataset", report.name(), "digest", report.digest()));
            log.info(
                    "Stored data set {}: {} images, {} files left out",
                    valid,
                    report.images().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum(),
                    report.refused().size());
            return ResponseEntity.created(URI.create(request.getContextPath() + PATH + "/" + valid))
                    .body(DatasetJson.of(report));
        }
    }

    @Operation(operationId = "listDatasets", summary = "List the data sets, by name")
    @ApiResponse(responseCode = "200", description = "The data sets")
    @GetMapping
    List<DatasetJson.Summary> datasets() {
        return store.reports().stream().map(DatasetJson.Summary::of).toList();
    }

    @Operation(
            operationId = "getDataset",
            summary = "Get a data set",
            description = "With the files that were left out of it, and why.")
    @ApiResponse(responseCode = "200", description = "The data set")
    @Problems("no-such-dataset")
    @GetMapping("/{name}")
    DatasetJson dataset(@Parameter(description = "The data set's name", example = EXAMPLE) @PathVariable String name)
            throws DatasetRefused {
        return DatasetJson.of(store.report(name));
    }

    @Operation(
            operationId = "deleteDataset",
            summary = "Delete a data set",
            description = "Models that were trained on it stay.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @Problems({"no-such-dataset", "dataset-in-use"})
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@Parameter(description = "The data set's name", example = EXAMPLE) @PathVariable String name)
            throws DatasetRefused {
        String existing = store.report(name).name();
        if (readers.stream().anyMatch(reader -> reader.reads(existing))) {
            throw DatasetRefused.inUse();
        }
        store.delete(existing);
        audit.record(AuditAction.DATASET_DELETED, Map.of("dataset", existing));
        log.info("Deleted data set {}", existing);
    }
}
