package dev.blastscope.keptimages;

import dev.blastscope.audit.AuditAction;
import dev.blastscope.audit.AuditTrail;
import dev.blastscope.home.AtomicFile;
import dev.blastscope.home.HomeFolder;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.inference.ImagePrediction;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.inference.Predictor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The images of this replica's home folder, each under the SHA-256 of its file: posted files as they came, with a
 * thumbnail once one was asked for, and of training images a thumbnail.
 *
 * <p>Files appear whole or not at all; a posted one that a crash of the machine tore no longer has its hash, and is not
 * shown. A prediction never fails because its image cannot be kept. Safe for use by any number of threads.
 */
@Component
public final class KeptImages implements Predictor.UploadListener {

    private static final Logger log = LoggerFactory.getLogger(KeptImages.class);

    /** Of a thumbnail, in pixels. */
    private static final int LONGEST_SIDE = 256;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final KeptImagesSettings settings;
    private final Path posted;
    private final Path thumbnails;
    private final Path training;
    private final ImageDecoder decoder;
    private final AuditTrail trail;
    private final Counter notKept;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean warned;

    @Autowired
    KeptImages(
            KeptImagesSettings settings,
            HomeFolder home,
            InferenceSettings inference,
            AuditTrail trail,
            MeterRegistry registry)
            throws IOException {
        this.settings = settings;
        this.posted = home.images().resolve("posted");
        this.thumbnails = home.images().resolve("thumbnails");
        this.training = home.images().resolve("training");
        this.decoder = new ImageDecoder(inference.image().limits());
        this.trail = trail;
        AtomicFile.sweep(home.images());
        for (Path file : files(home.images())) {
            bytes.addAndGet(Files.size(file));
        }
        notKept = Counter.builder("blastscope.images.not.kept")
                .description("Images that were to be kept and are not, as their share of the disk is full or fails")
                .register(registry);
        Gauge.builder("blastscope.images.size", bytes, AtomicLong::get)
                .description("What the kept images take of the disk")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Whether images are to be kept. */
    public boolean isKeeping() {
        return settings.keep();
    }

    /** Keeps a posted file, if images are kept. */
    @Override
    public void predicted(ImagePrediction prediction, byte[] upload) {
        if (settings.keep()) {
            Path file = place(posted, prediction.image().sha256());
            try {
                if (Files.exists(file)) {
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                } else {
                    add(file, upload);
                }
            } catch (IOException e) {
                notKept(e);
            }
        }
    }

    /**
     * Keeps thumbnails of training images, if images are kept; what cannot be decoded is left out.
     *
     * @param images their files
     */
    public void keepThumbnails(List<Path> images) {
        if (settings.keep()) {
            for (Path image : images) {
                try {
                    byte[] file = Files.readAllBytes(image);
                    Path place = place(training, DigestUtils.sha256Hex(file));
                    if (!Files.exists(place)) {
                        add(place, thumbnail(file));
                    }
                } catch (ImageRejected e) {
                    log.debug("A training image has no thumbnail. {}", e.getMessage());
                } catch (IOException e) {
                    notKept(e);
                }
            }
        }
    }

    /**
     * A small picture of an image, longest side {@value #LONGEST_SIDE} pixels, as JPEG without any metadata.
     *
     * @param sha256 of the image's file
     * @return empty if the image is not kept, or images are not to be kept any more
     */
    public Optional<byte[]> thumbnail(String sha256) {
        if (!settings.keep() || !SHA256.matcher(sha256).matches()) {
            return Optional.empty();
        }
        try {
            for (Path folder : List.of(thumbnails, training)) {
                Path known = place(folder, sha256);
                if (Files.exists(known)) {
                    return Optional.of(Files.readAllBytes(known));
                }
            }
            return Files.exists(place(posted, sha256)) ? ofPosted(sha256) : Optional.empty();
        } catch (NoSuchFileException erasedMeanwhile) {
            return Optional.empty();
        } catch (IOException | ImageRejected e) {
            log.warn("A kept image cannot be read. {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** One at a time, as a posted image may take much memory, and anybody may ask. */
    private synchronized Optional<byte[]> ofPosted(String sha256) throws IOException, ImageRejected {
        Path known = place(thumbnails, sha256);
        if (Files.exists(known)) {
            return Optional.of(Files.readAllBytes(known));
        }
        byte[] upload = Files.readAllBytes(place(posted, sha256));
        if (!DigestUtils.sha256Hex(upload).equals(sha256)) {
            return Optional.empty();
        }
        byte[] thumbnail = thumbnail(upload);
        add(known, thumbnail);
        return Optional.of(thumbnail);
    }

    /**
     * Erases an image's file and thumbnail, if they are kept. The audit trail records that, without the hash, which an
     * erasure must not leave behind.
     */
    public synchronized void erase(String sha256) throws IOException {
        if (SHA256.matcher(sha256).matches()) {
            List<Path> files = Stream.of(posted, thumbnails, training)
                    .map(folder -> place(folder, sha256))
                    .filter(Files::exists)
                    .toList();
            if (!files.isEmpty()) {
                trail.record(AuditAction.IMAGE_ERASED, Map.of("files", files.size()));
            }
            for (Path file : files) {
                delete(file);
            }
        }
    }

    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void deleteOld() throws IOException {
        deleteOld(Instant.now());
    }

    synchronized void deleteOld(Instant now) throws IOException {
        Instant oldest = now.minus(settings.retention());
        int deleted = 0;
        for (Path file : files(posted)) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                delete(file);
                delete(place(thumbnails, String.valueOf(file.getFileName())));
                deleted++;
            }
        }
        if (deleted > 0) {
            log.info("Deleted {} kept images that were last posted before {}", deleted, oldest);
        }
    }

    private void add(Path file, byte[] content) throws IOException {
        if (bytes.addAndGet(content.length) > settings.maxSize().toBytes()) {
            bytes.addAndGet(-content.length);
            notKept(new IOException("They take all of blastscope.images.max-size, " + settings.maxSize() + "."));
            return;
        }
        try {
            AtomicFile.write(file, content);
            warned = false;
        } catch (IOException e) {
            bytes.addAndGet(-content.length);
            throw e;
        }
    }

    private void delete(Path file) throws IOException {
        if (Files.exists(file)) {
            long size = Files.size(file);
            if (Files.deleteIfExists(file)) {
                bytes.addAndGet(-size);
            }
        }
    }

    private void notKept(IOException e) {
        notKept.increment();
        if (!warned) {
            warned = true;
            log.warn("Images are not kept for now. Free some space, or shorten the retention. {}", e.getMessage());
        }
    }

    private byte[] thumbnail(byte[] file) throws IOException, ImageRejected {
        BufferedImage picture = decoder.picture(file, LONGEST_SIDE);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        // ImageIO would write to any other stream by way of a file in the folder for temporary ones.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(jpeg)) {
            ImageIO.write(picture, "jpeg", out);
        }
        return jpeg.toByteArray();
    }

    /** Two levels, so that no folder has very many files. */
    private static Path place(Path folder, String sha256) {
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /** The finished files below a folder; others may be written or deleted meanwhile. */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (SHA256.matcher(String.valueOf(file.getFileName())).matches()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }
            });
        }
        return files;
    }
}
