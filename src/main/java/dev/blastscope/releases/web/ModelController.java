package dev.blastscope.releases.web;

import dev.blastscope.inference.ActiveModel;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.Precision;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.releases.DescribedModels;
import dev.blastscope.web.Notice;
import dev.blastscope.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Models over HTTP. */
@Tag(name = "Models", description = "The model versions, what they were trained on, and how well they perform")
@RestController
@RequestMapping(path = "/api/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelController {

    static final String RENDITION = "fp32 or int8; left out, the one that this service runs";

    private final ModelStore store;
    private final DescribedModels described;
    private final ActiveModel active;

    ModelController(ModelStore store, DescribedModels described, ActiveModel active) {
        this.store = store;
        this.described = described;
        this.active = active;
    }

    @Operation(operationId = "listModels", summary = "List the models, newest first, the embedded one last")
    @ApiResponse(responseCode = "200", description = "The models")
    @GetMapping
    List<ModelJson> models() {
        String serving = serving();
        return store.all().stream()
                .map(stored -> new ModelJson(stored.version(), stored.version().equals(serving), stored.complete()))
                .toList();
    }

    @Operation(operationId = "getActiveModel", summary = "Get the model card of the active model")
    @ApiResponse(responseCode = "200", description = "The model card")
    @Problems("model-not-ready")
    @GetMapping("/active")
    CardJson activeCard() throws ModelNotReady {
        ServingModel model = active.current();
        return new CardJson(
                model.version(),
                model.digest(),
                model.identity().precision(),
                new TreeMap<>(model.renditions()),
                model.versionDigest(),
                model.card(),
                Notice.RESEARCH_USE);
    }

    @Operation(operationId = "getModel", summary = "Get the model card of a version")
    @ApiResponse(responseCode = "200", description = "The model card")
    @Problems({"no-such-model", "no-such-rendition", "damaged-model"})
    @GetMapping("/{version}")
    CardJson card(
            @Parameter(description = "A version, or \"embedded\"", example = EmbeddedModel.VERSION) @PathVariable
                    String version,
            @Parameter(description = RENDITION, example = "fp32") @RequestParam Optional<String> rendition)
            throws Refusal {
        DescribedModels.Described found = described.find(version, rendition);
        Map<Precision, String> renditions = new TreeMap<>();
        found.model().renditions().forEach((each, described) -> renditions.put(each, described.digest()));
        return new CardJson(
                found.model().version(),
                found.rendition().digest(),
                found.rendition().precision(),
                renditions,
                found.model().digest(),
                found.rendition().card(),
                Notice.RESEARCH_USE);
    }

    private String serving() {
        try {
            return active.current().version();
        } catch (ModelNotReady e) {
            return "";
        }
    }

    /** A model in a listing. */
    @Schema(name = "Model")
    record ModelJson(
            @Schema(description = "Its name", example = ReleaseController.EXAMPLE)
            String version,

            @Schema(description = "Whether this is the active model")
            boolean active,

            @Schema(description = "Whether all of its files are present")
            boolean complete) {}

    /** A model's card with its version and digest. */
    @Schema(name = "DescribedModel")
    record CardJson(
            @Schema(description = "Its name", example = ReleaseController.EXAMPLE)
            String version,

            @Schema(description = "Identifies the model in this rendition, to the byte: answers name it")
            String digest,

            @Schema(description = "The rendition that card and digest are about")
            Precision rendition,

            @Schema(description = "The renditions that there are, each with its digest")
            Map<Precision, String> renditions,

            @Schema(description = "Identifies all files of the version, to the byte: activations name it")
            String versionDigest,

            @Schema(description = "The model card") ModelCard card,

            @Schema(description = "What every result is to be used for", example = Notice.RESEARCH_USE)
            String notice) {}
}
