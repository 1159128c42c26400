package dev.blastscope.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ProblemDetail;

/** The parts of the OpenAPI document that are about the whole API. */
@Configuration(proxyBeanMethods = false)
public class ApiDescription {

    private static final List<String> TAGS = List.of(
            "Predictions",
            "Models",
            "Images",
            "Administration: data sets",
            "Administration: trainings",
            "Administration: models",
            "Administration: keys",
            "Administration: audit");

    /** Line breaks with the indentation behind them, and tags. */
    private static final Pattern MARKUP = Pattern.compile("(\\s*(<[a-z/]+>|\\R))+\\s*|\\s{2,}");

    private static final String PROBLEM = ProblemDetail.class.getSimpleName();

    /** Its version is that of the API, which the addresses have too; /actuator/info has that of the program. */
    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Blastscope")
                        .version("v1")
                        .description("""
                                Predicts from a photograph of a peripheral blood smear whether it is benign or malignant \
                                (acute lymphoblastic leukaemia) and, if malignant, the probability of each subtype.

                                **%s**

                                Errors are problem details (RFC 9457) with a stable `code`. Every response carries \
                                `X-Request-Id`: the client's own, or a new one.
                                """.formatted(Notice.RESEARCH_USE))
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")));
    }

    /** Predictions first, then the models, then the administration in the order of its use. */
    @Bean
    OpenApiCustomizer tagOrder() {
        return api -> api.setTags(api.getTags().stream()
                .sorted(Comparator.comparing(tag -> TAGS.indexOf(tag.getName())))
                .toList());
    }

    /** Describes problems as they are sent: with a code, and without a map of further properties. */
    @Bean
    OpenApiCustomizer problemSchema() {
        return api -> api.getComponents()
                .addSchemas(
                        PROBLEM,
                        new ObjectSchema()
                                .required(List.of("type", "code", "title", "status", "detail"))
                                .description("A refusal or a failure (RFC 9457)")
                                .addProperty("type", text("URN of the code", "urn:blastscope:problem:not-an-image"))
                                .addProperty(
                                        "code",
                                        text(
                                                "Code of the problem, which does not change between versions",
                                                "not-an-image"))
                                .addProperty("title", text("Name of the status", "Unsupported Media Type"))
                                .addProperty(
                                        "status",
                                        new IntegerSchema()
                                                .description("HTTP status")
                                                .example(415))
                                .addProperty(
                                        "detail", text("The rule broken and the way out", "Send one of: JPEG, PNG."))
                                .addProperty("instance", text("Path of the request", "/api/v1/predictions")));
    }

    /**
     * The descriptions that come from Javadoc, without its line breaks and tags: a line wrapped elsewhere changes
     * nothing.
     */
    @Bean
    OpenApiCustomizer plainDescriptions() {
        return api -> api.getComponents().getSchemas().values().forEach(ApiDescription::describePlainly);
    }

    private static void describePlainly(Schema<?> schema) {
        if (schema.getDescription() != null) {
            schema.setDescription(
                    MARKUP.matcher(schema.getDescription()).replaceAll(" ").strip());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(ApiDescription::describePlainly);
        }
        if (schema.getItems() != null) {
            describePlainly(schema.getItems());
        }
    }

    private static Schema<?> text(String description, String example) {
        return new StringSchema().description(description).example(example);
    }
}
