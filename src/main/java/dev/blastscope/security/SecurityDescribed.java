package dev.blastscope.security;

import dev.blastscope.web.ApiDescription;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Says in the OpenAPI document which operations need a key or token, and may have one. */
@Component
final class SecurityDescribed implements OpenApiCustomizer {

    private static final String KEY = "apiKey";
    private static final String TOKEN = "bearer";

    private final Access predictions;

    SecurityDescribed(SecuritySettings settings) {
        predictions = settings.predictions();
    }

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addSecuritySchemes(
                        KEY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name(KeyFilter.HEADER)
                                .description("The secret of a key, bsk_..., or the operator's own admin key"))
                .addSecuritySchemes(
                        TOKEN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("A token of the identity provider, where the operator has set one up"))
                .addResponses("Unauthorized", unauthorized())
                .addResponses("Forbidden", forbidden());
        api.getPaths().forEach((path, item) -> {
            boolean needed = path.startsWith("/api/v1/admin/") || predictions == Access.CLOSED;
            item.readOperations().forEach(operation -> secure(operation, needed));
        });
    }

    private static void secure(Operation operation, boolean needed) {
        if (needed) {
            operation.getResponses().addApiResponse("401", new ApiResponse().$ref("Unauthorized"));
            operation.getResponses().addApiResponse("403", new ApiResponse().$ref("Forbidden"));
        } else {
            // An alternative without anything: the API page sends a key where it has one.
            operation.addSecurityItem(new SecurityRequirement());
        }
        operation
                .addSecurityItem(new SecurityRequirement().addList(KEY))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }

    private static ApiResponse unauthorized() {
        return ApiDescription.problem(
                "No key or token, or one that is not valid",
                HttpStatus.UNAUTHORIZED,
                "unauthorized",
                AccessRefusals.UNAUTHORIZED);
    }

    private static ApiResponse forbidden() {
        return ApiDescription.problem(
                "A key or token without the role that this needs",
                HttpStatus.FORBIDDEN,
                "forbidden",
                AccessRefusals.FORBIDDEN);
    }
}
