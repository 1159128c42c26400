package dev.blastscope.web;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Marks in the OpenAPI document which fields are always present: those of a record, unless optional or nullable. */
@Component
final class RequiredComponents implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        JavaType java = Json.mapper().constructType(type.getType());
        if (schema != null && java.getRawClass().isRecord()) {
            Schema<?> defined = schema.get$ref() == null
                    ? schema
                    : context.getDefinedModels().get(schema.get$ref().replaceFirst(".*/", ""));
            for (RecordComponent component : java.getRawClass().getRecordComponents()) {
                require(component, defined);
            }
        }
        return schema;
    }

    private static void require(RecordComponent component, @Nullable Schema<?> schema) {
        boolean optional = component.getType() == Optional.class
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (!optional && schema != null && schema.getProperties() != null) {
            schema.addRequiredItem(component.getName());
        }
    }
}
