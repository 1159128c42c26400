package dev.blastscope.datasetstore;

import dev.blastscope.Smears;
import dev.blastscope.prediction.SmearClass;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Makes zips, honest ones and others. */
public final class Zip {

    private final SeekableInMemoryByteChannel bytes = new SeekableInMemoryByteChannel();
    private final ZipArchiveOutputStream out;

    public Zip() {
        out = new ZipArchiveOutputStream(bytes);
        out.setLevel(Deflater.BEST_SPEED);
    }

    /** Drawn smears of every class, so many of each, below a prefix such as {@code top/}. */
    public static Zip ofSmears(String prefix, int perClass) {
        Zip zip = new Zip();
        for (SmearClass label : SmearClass.values()) {
            for (int i = 1; i <= perClass; i++) {
                String folder = label.name().toLowerCase(Locale.ROOT);
                zip.add(prefix + folder + "/" + i + ".jpg", Smears.jpeg(Smears.draw(label, i)));
            }
        }
        return zip;
    }

    /** The files of a folder, by their names in it. */
    static Zip of(Path folder) throws IOException {
        Zip zip = new Zip();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.add(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return zip;
    }

    public Zip add(String name, byte[] content) {
        return add(name, content, entry -> {});
    }

    public Zip add(String name, String content) {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Zip add(String name, byte[] content, Consumer<ZipArchiveEntry> change) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        change.accept(entry);
        try {
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public byte[] toBytes() {
        try {
            out.finish();
            ByteArrayOutputStream copy = new ByteArrayOutputStream();
            copy.write(bytes.array(), 0, (int) bytes.size());
            return copy.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InputStream stream() {
        return new ByteArrayInputStream(toBytes());
    }
}
