package dev.blastscope.modelstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.OptionalLong;

/** The files of a version as they came from another store. */
record ReceivedSource(String version, Map<String, byte[]> contents) implements ModelSource {

    @Override
    public String remedy() {
        return "Where it came from, restore it from a back-up, or delete it and publish it again.";
    }

    @Override
    public OptionalLong size(String name) {
        byte[] content = contents.get(name);
        return content == null ? OptionalLong.empty() : OptionalLong.of(content.length);
    }

    @Override
    public InputStream open(String name) throws IOException {
        byte[] content = contents.get(name);
        if (content == null) {
            throw new IOException("There is no such file");
        }
        return new ByteArrayInputStream(content);
    }
}
