package dev.blastscope.modelstore;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** A place that holds the files of one model. */
sealed interface ModelSource {

    /** The version that the files make. */
    String version();

    /** What an operator can do when the files are damaged, as a sentence. */
    String remedy();

    /** The size of a file in bytes; empty if there is no such file. */
    OptionalLong size(String name) throws IOException;

    InputStream open(String name) throws IOException;

    /** A published version's folder. */
    record Folder(Path folder) implements ModelSource {

        @Override
        public String version() {
            return folder.getFileName().toString();
        }

        @Override
        public String remedy() {
            return "Restore the version's folder from a backup, activate another version, or delete the folder.";
        }

        @Override
        public OptionalLong size(String name) throws IOException {
            Path file = folder.resolve(name);
            return Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : OptionalLong.empty();
        }

        @Override
        public InputStream open(String name) throws IOException {
            return Files.newInputStream(folder.resolve(name));
        }
    }

    /** The embedded model: a folder on the class path, its name beginning and ending with a slash. */
    record ClassPath(String root) implements ModelSource {

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
            URL resource = ClassPath.class.getResource(root + name);
            return resource == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(resource.openConnection().getContentLengthLong());
        }

        @Override
        public InputStream open(String name) throws IOException {
            InputStream resource = ClassPath.class.getResourceAsStream(root + name);
            if (resource == null) {
                throw new FileNotFoundException(root + name);
            }
            return resource;
        }
    }

    /** The files of a version as they came from another store. */
    record Received(String version, Map<String, byte[]> contents) implements ModelSource {

        @Override
        public String remedy() {
            return "Restore it from a backup where it came from, or delete it and publish it again.";
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
                throw new FileNotFoundException(name);
            }
            return new ByteArrayInputStream(content);
        }
    }
}
