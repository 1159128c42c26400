package dev.blastscope.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** What the OpenAPI document says of the whole API. */
@Configuration(proxyBeanMethods = false)
public class ApiDescription {

    private static final String PROBLEM = ProblemDetail.class.getSimpleName();

    /** A response that is a problem, with an example of it. */
    public static ApiResponse problem(String description, HttpStatus status, String code, String detail) {
        ProblemDetail problem = Problem.of(status, code, detail);
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", String.valueOf(problem.getType()));
        example.put("code", code);
        example.put("title", problem.getTitle());
        example.put("status", problem.getStatus());
        example.put("detail", detail);
        var content = new io.swagger.v3.oas.models.media.MediaType()
                .schema(new Schema<>().$ref(PROBLEM))
                .addExamples(code, new Example().value(example));
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(MediaType.APPLICATION_PROBLEM_JSON_VALUE, content));
    }

    @Bean
    OpenAPI openApi(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        return new OpenAPI()
                .info(new Info()
                        .title("Blastscope")
                        .version(properties == null ? "unbuilt" : properties.getVersion())
                        .description("""
                                Looks at a photograph of a peripheral blood smear and says benign or malignant (acute \
                                lymphoblastic leukaemia) and, when malignant wins, how the subtypes share the probability.

                                **%s**

                                Errors are problem details (RFC 9457) with a stable `code`. Every answer bears \
                                `X-Request-Id`: the caller's own, or a new one.
                                """.formatted(Notice.RESEARCH_USE))
                        .license(new License().name("Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0")));
    }

    /** Predictions first, then what is known of the models, then what only admins need. */
    @Bean
    OpenApiCustomizer tagOrder() {
        return api -> api.setTags(api.getTags().stream()
                .sorted(Comparator.comparing(ApiDescription::place))
                .toList());
    }

    private static String place(Tag tag) {
        return switch (tag.getName()) {
            case "Predictions" -> "1";
            case "Models" -> "2";
            default -> "3" + tag.getName();
        };
    }

    /** Shows problems as they are sent: with a code, and with no map of further properties. */
    @Bean
    OpenApiCustomizer problemSchema() {
        return api -> api.getComponents()
                .addSchemas(
                        PROBLEM,
                        new ObjectSchema()
                                .required(List.of("type", "code", "title", "status", "detail"))
                                .description("A refusal or a failure (RFC 9457)")
                                .addProperty("type", text("A URN of the code", "urn:blastscope:problem:not-an-image"))
                                .addProperty("code", text("Stable, for machines", "not-an-image"))
                                .addProperty("title", text("The status in words", "Unsupported Media Type"))
                                .addProperty("status", new IntegerSchema().example(415))
                                .addProperty(
                                        "detail", text("The rule broken and the way out", "Send one of: JPEG, PNG."))
                                .addProperty("instance", text("The address asked for", "/api/v1/predictions")));
    }

    private static Schema<?> text(String description, String example) {
        return new StringSchema().description(description).example(example);
    }
}
