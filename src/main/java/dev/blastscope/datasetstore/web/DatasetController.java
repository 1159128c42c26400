package dev.blastscope.datasetstore.web;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.datasetstore.ArchiveRefused;
import dev.blastscope.datasetstore.DatasetInUse;
import dev.blastscope.datasetstore.DatasetName;
import dev.blastscope.datasetstore.DatasetReport;
import dev.blastscope.datasetstore.DatasetSettings;
import dev.blastscope.datasetstore.DatasetTaken;
import dev.blastscope.datasetstore.Datasets;
import dev.blastscope.datasetstore.NoRoom;
import dev.blastscope.datasetstore.NoSuchDataset;
import dev.blastscope.web.RequestRefused;
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
        description = "Upload labelled smears for trainings, and see what was made of them")
@RestController
@RequestMapping(path = DatasetController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetController {

    static final String PATH = "/api/v1/admin/datasets";

    private static final String ZIP = "application/zip";
    private static final String EXAMPLE = "taleqani";

    private static final Logger log = LoggerFactory.getLogger(DatasetController.class);

    private final Datasets store;
    private final DatasetSettings settings;
    private final ObjectProvider<DatasetInUse> users;
    private final AuditTrail audit;

    DatasetController(Datasets store, DatasetSettings settings, ObjectProvider<DatasetInUse> users, AuditTrail audit) {
        this.audit = audit;
        this.store = store;
        this.settings = settings;
        this.users = users;
    }

    @Operation(
            summary = "Upload a data set",
            description =
                    "A zip with a folder per class (benign, early_pre_b, pre_b, pro_b, or Kaggle's own names) or a"
                            + " manifest.csv (path,label,group) with the images, at its top or in its only top folder. Each image is"
                            + " decoded before the answer comes: 2,800 smears take some 20 s. The same content under the same name"
                            + " changes nothing, so that an upload whose answer got lost may be sent again.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "201", description = "The data set was stored")
    @ApiResponse(responseCode = "200", description = "It was there already, with the same content")
    @ApiResponse(responseCode = "400", ref = "MalformedDataset")
    @ApiResponse(responseCode = "409", ref = "DatasetTaken")
    @ApiResponse(responseCode = "413", ref = "DatasetTooLarge")
    @ApiResponse(responseCode = "422", ref = "DatasetRefused")
    @ApiResponse(responseCode = "507", ref = "NoRoom")
    @PutMapping(path = "/{name}", consumes = ZIP)
    ResponseEntity<DatasetJson> put(
            @Parameter(description = "Lower-case letters, digits and dashes, up to 64", example = EXAMPLE) @PathVariable
                    String name,
            HttpServletRequest request)
            throws IOException, ArchiveRefused, DatasetRejected, DatasetTaken, NoRoom {
        try (UploadBody body = new UploadBody(request, settings.maxUpload().toBytes())) {
            DatasetName valid = DatasetName.parse(name).orElseThrow(DatasetController::invalidName);
            Datasets.Stored stored = store.put(valid, request.getContentLengthLong(), body);
            DatasetReport report = stored.report();
            if (!stored.created()) {
                return ResponseEntity.ok(DatasetJson.of(report));
            }
            audit.record(AuditAction.DATASET_UPLOADED, Map.of("dataset", report.name(), "digest", report.digest()));
            log.info(
                    "Data set {} was stored: {} images, {} files left out",
                    valid,
                    report.images().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum(),
                    report.refused().size());
            return ResponseEntity.created(URI.create(request.getContextPath() + PATH + "/" + valid))
                    .body(DatasetJson.of(report));
        }
    }

    @Operation(summary = "The data sets of this service, by name")
    @ApiResponse(responseCode = "200", description = "The data sets")
    @GetMapping
    List<DatasetSummaryJson> datasets() {
        return store.reports().stream().map(DatasetSummaryJson::of).toList();
    }

    @Operation(summary = "A data set, with what was left out of it and why")
    @ApiResponse(responseCode = "200", description = "The data set")
    @ApiResponse(responseCode = "404", ref = "NoSuchDataset")
    @GetMapping("/{name}")
    DatasetJson dataset(@Parameter(example = EXAMPLE) @PathVariable String name) throws NoSuchDataset {
        return DatasetJson.of(store.report(name));
    }

    @Operation(summary = "Delete a data set; models that were trained on it stay")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @ApiResponse(responseCode = "404", ref = "NoSuchDataset")
    @ApiResponse(responseCode = "409", ref = "DatasetInUse")
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@Parameter(example = EXAMPLE) @PathVariable String name) throws NoSuchDataset {
        String existing = store.report(name).name();
        if (users.stream().anyMatch(user -> user.isInUse(existing))) {
            throw new RequestRefused(HttpStatus.CONFLICT, "dataset-in-use", DatasetProblemsDescribed.IN_USE);
        }
        store.delete(existing);
        audit.record(AuditAction.DATASET_DELETED, Map.of("dataset", existing));
        log.info("Data set {} was deleted", existing);
    }

    private static RequestRefused invalidName() {
        return new RequestRefused(
                HttpStatus.BAD_REQUEST, "invalid-dataset-name", DatasetProblemsDescribed.INVALID_NAME);
    }
}
