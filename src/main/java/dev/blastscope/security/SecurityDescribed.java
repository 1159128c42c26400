package dev.blastscope.security;

import dev.blastscope.security.SecuritySettings.Access;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Describes in the OpenAPI document which operations need a key or token, and which may have one. */
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
                                .description("A token of the identity provider, where the operator has set one up"));
        api.getPaths().forEach((path, item) -> {
            boolean needed = path.startsWith("/api/v1/admin/") || predictions == Access.CLOSED;
            item.readOperations().forEach(operation -> secure(operation, needed));
        });
    }

    private static void secure(Operation operation, boolean needed) {
        if (!needed) {
            // An alternative without credentials: the API page sends a key where it has one.
            operation.addSecurityItem(new SecurityRequirement());
        }
        operation
                .addSecurityItem(new SecurityRequirement().addList(KEY))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }
}
