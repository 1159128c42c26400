package dev.blastscope.safetensors;

import java.io.Reader;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON of a safetensors header as a stream, so that a hostile one is refused before it grows in memory. */
final class HeaderParser {

    private static final int MAX_TOKENS = 1_000_000;
    private static final int MAX_LENGTH = 1_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxTokenCount(MAX_TOKENS)
                    .maxNameLength(MAX_LENGTH)
                    .maxNumberLength(MAX_LENGTH)
                    .build())
            .build();

    private final JsonParser json;
    private final Map<String, TensorEntry> tensors = new TreeMap<>();
    private @Nullable Map<String, String> metadata;

    private HeaderParser(JsonParser json) {
        this.json = json;
    }

    static HeaderParser parse(Reader text) throws InvalidWeights {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            HeaderParser header = new HeaderParser(json);
            header.read();
            return header;
        } catch (StreamConstraintsException e) {
            throw new InvalidWeights(
                    "The header is beyond any network's: at most %d JSON tokens, names and numbers of %d characters."
                            .formatted(MAX_TOKENS, MAX_LENGTH),
                    e);
        } catch (JacksonIOException e) {
            throw new InvalidWeights("The header is not valid UTF-8.", e);
        } catch (JacksonException e) {
            throw new InvalidWeights("The header is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    Map<String, TensorEntry> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    Map<String, String> metadata() {
        return metadata == null ? Map.of() : Collections.unmodifiableMap(metadata);
    }

    private void read() throws InvalidWeights {
        json.nextToken();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (name.equals(SafetensorsHeader.METADATA)) {
                readMetadata();
            } else if (tensors.put(name, EntryParser.parse(name, json)) != null) {
                throw InvalidWeights.ofTensor(name, "is in the header twice");
            }
        }
        if (json.nextToken() != null) {
            throw new InvalidWeights("Something other than spaces follows the header's JSON object.");
        }
    }

    private void readMetadata() throws InvalidWeights {
        if (metadata != null) {
            throw new InvalidWeights("__metadata__ is in the header twice.");
        }
        metadata = new TreeMap<>();
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidWeights("__metadata__ must be an object of strings.");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw new InvalidWeights(
                        "__metadata__ must hold strings only, and " + UntrustedText.quoted(key) + " is none.");
            }
            if (metadata.put(key, json.getString()) != null) {
                throw new InvalidWeights("__metadata__ holds " + UntrustedText.quoted(key) + " twice.");
            }
        }
    }
}
