package dev.blastscope.modelstore;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.OptionalLong;

/** A folder on the class path, its name beginning and ending with a slash. */
record ResourceSource(String root) implements ModelSource {

    @Override
    public String version() {
        return EmbeddedModel.VERSION;
    }

    @Override
    public String remedy() {
        return "Build or download the service again.";
    }

    @Override
    public OptionalLong size(String name) throws IOException {
        URL resource = ResourceSource.class.getResource(root + name);
        return resource == null
                ? OptionalLong.empty()
                : OptionalLong.of(resource.openConnection().getContentLengthLong());
    }

    @Override
    public InputStream open(String name) throws IOException {
        InputStream resource = ResourceSource.class.getResourceAsStream(root + name);
        if (resource == null) {
            throw new FileNotFoundException(root + name);
        }
        return resource;
    }
}
