package dev.blastscope.security;

import dev.blastscope.web.ApiDescription;
import io.swagger.v3.oas.models.OpenAPI;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Describes the refusals of the administration of keys in the OpenAPI document, with an example each. */
@Component
final class KeyProblemsDescribed implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addResponses(
                        "InvalidKey",
                        ApiDescription.problem(
                                "A name or role that no key can have",
                                HttpStatus.BAD_REQUEST,
                                "invalid-key-role",
                                ApiKeyController.INVALID_ROLE))
                .addResponses(
                        "NameTaken",
                        ApiDescription.problem(
                                "The name is taken", HttpStatus.CONFLICT, "name-taken", ApiKeyController.NAME_TAKEN))
                .addResponses(
                        "NoSuchKey",
                        ApiDescription.problem(
                                "No key has this id",
                                HttpStatus.NOT_FOUND,
                                "no-such-key",
                                ApiKeyController.NO_SUCH_KEY))
                .addResponses(
                        "LastAdminKey",
                        ApiDescription.problem(
                                "The last admin key stays",
                                HttpStatus.CONFLICT,
                                "last-admin-key",
                                ApiKeyController.LAST_ADMIN_KEY));
    }
}
