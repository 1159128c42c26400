package dev.blastscope.safetensors;

import dev.blastscope.refusal.UntrustedText;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    private final Map<String, SafetensorsHeader.Entry> tensors = new TreeMap<>();
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

    Map<String, SafetensorsHeader.Entry> tensors() {
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

    /** Reads what the header says of one tensor: dtype, shape and data_offsets, once each and nothing else. */
    private static final class EntryParser {

        private static final int MAX_RANK = 8;

        private final String name;
        private final JsonParser json;
        private Tensor.@Nullable Type type;
        private @Nullable List<Long> shape;
        private @Nullable List<Long> offsets;

        private EntryParser(String name, JsonParser json) {
            this.name = name;
            this.json = json;
        }

        static SafetensorsHeader.Entry parse(String name, JsonParser json) throws InvalidWeights {
            return new EntryParser(name, json).parse();
        }

        private SafetensorsHeader.Entry parse() throws InvalidWeights {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw refusal("must be an object of dtype, shape and data_offsets");
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                readField(json.currentName());
            }
            if (type == null || shape == null || offsets == null) {
                throw refusal("lacks " + (type == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
            }
            if (offsets.size() != 2) {
                throw refusal("must have two data_offsets, not " + offsets.size());
            }
            return new SafetensorsHeader.Entry(name, type, shape, offsets.get(0), offsets.get(1));
        }

        private void readField(String field) throws InvalidWeights {
            switch (field) {
                case "dtype" -> {
                    refuseSecond(field, type);
                    type = type();
                }
                case "shape" -> {
                    refuseSecond(field, shape);
                    shape = integers(field);
                }
                case "data_offsets" -> {
                    refuseSecond(field, offsets);
                    offsets = integers(field);
                }
                default -> throw refusal("has the unknown field " + UntrustedText.quoted(field));
            }
        }

        private void refuseSecond(String field, @Nullable Object first) throws InvalidWeights {
            if (first != null) {
                throw refusal("has " + field + " twice");
            }
        }

        private Tensor.Type type() throws InvalidWeights {
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw refusal("must have a string as dtype");
            }
            String dtype = json.getString();
            return Tensor.Type.named(dtype)
                    .orElseThrow(() -> refusal("has the unknown dtype " + UntrustedText.quoted(dtype)));
        }

        private List<Long> integers(String field) throws InvalidWeights {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw refusal("must have an array as " + field);
            }
            List<Long> integers = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (integers.size() == MAX_RANK) {
                    throw refusal("has more than " + MAX_RANK + " numbers in " + field);
                }
                integers.add(integer(field));
            }
            return List.copyOf(integers);
        }

        private long integer(String field) throws InvalidWeights {
            boolean isLong = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            if (!isLong || json.getLongValue() < 0) {
                throw refusal("must have whole numbers from 0 to 2^63-1 in %s, not %s"
                        .formatted(field, UntrustedText.quoted(json.getString())));
            }
            return json.getLongValue();
        }

        private InvalidWeights refusal(String problem) {
            return InvalidWeights.ofTensor(name, problem);
        }
    }
}
