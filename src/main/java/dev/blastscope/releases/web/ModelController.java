package dev.blastscope.releases.web;

import dev.blastscope.inference.ActiveModel;
import dev.blastscope.inference.ModelNotReady;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.modelstore.StoredCard;
import dev.blastscope.refusal.Refusal;
import dev.blastscope.web.Notice;
import dev.blastscope.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Models over HTTP. */
@Tag(name = "Models", description = "Which models there are, what they were trained on, and how well they do")
@RestController
@RequestMapping(path = "/api/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelController {

    private final ModelStore store;
    private final ActiveModel active;

    ModelController(ModelStore store, ActiveModel active) {
        this.store = store;
        this.active = active;
    }

    @Operation(summary = "The models of this service, newest first, the embedded one last")
    @ApiResponse(responseCode = "200", description = "The models")
    @GetMapping
    List<ModelJson> models() {
        String serving = serving();
        Stream<ModelJson> published = store.versions().stream().map(stored -> {
            String version = stored.version().toString();
            return new ModelJson(version, version.equals(serving), stored.complete());
        });
        ModelJson embedded = new ModelJson(EmbeddedModel.VERSION, EmbeddedModel.VERSION.equals(serving), true);
        return Stream.concat(published, Stream.of(embedded)).toList();
    }

    @Operation(summary = "The model card of the model that answers now")
    @ApiResponse(responseCode = "200", description = "The card")
    @Problems("model-not-ready")
    @GetMapping("/active")
    CardJson activeCard() throws ModelNotReady {
        var model = active.current();
        return new CardJson(model.version(), model.digest(), model.card(), Notice.RESEARCH_USE);
    }

    @Operation(summary = "The model card of a version")
    @ApiResponse(responseCode = "200", description = "The card")
    @Problems({"no-such-model", "damaged-model"})
    @GetMapping("/{version}")
    CardJson card(@Parameter(example = EmbeddedModel.VERSION) @PathVariable String version) throws Refusal {
        StoredCard stored = version.equals(EmbeddedModel.VERSION) ? EmbeddedModel.card() : store.card(version);
        return new CardJson(stored.version(), stored.digest(), stored.card(), Notice.RESEARCH_USE);
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
            @Schema(example = "2026-11-22.1") String version,

            @Schema(description = "Whether this model answers now")
            boolean active,

            @Schema(description = "Whether all of its files are there")
            boolean complete) {}

    /** A model's card with its identity. */
    @Schema(name = "DescribedModel")
    record CardJson(
            @Schema(example = "2026-11-22.1") String version,

            @Schema(description = "Names the model's files, to the byte")
            String digest,

            ModelCard card,
            @Schema(example = Notice.RESEARCH_USE) String notice) {}
}
