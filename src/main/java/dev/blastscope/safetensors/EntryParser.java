package dev.blastscope.safetensors;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads what the header says of one tensor: dtype, shape and data_offsets, once each and nothing else. */
final class EntryParser {

    private static final int MAX_RANK = 8;

    private final String name;
    private final JsonParser json;
    private @Nullable TensorType type;
    private @Nullable List<Long> shape;
    private @Nullable List<Long> offsets;

    private EntryParser(String name, JsonParser json) {
        this.name = name;
        this.json = json;
    }

    static TensorEntry parse(String name, JsonParser json) throws InvalidWeights {
        return new EntryParser(name, json).parse();
    }

    private TensorEntry parse() throws InvalidWeights {
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
        return new TensorEntry(name, type, shape, offsets.get(0), offsets.get(1));
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

    private TensorType type() throws InvalidWeights {
        if (json.nextToken() != JsonToken.VALUE_STRING) {
            throw refusal("must have a string as dtype");
        }
        String dtype = json.getString();
        return TensorType.named(dtype)
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
