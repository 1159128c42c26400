package dev.blastscope.commandline;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.DatasetRejected;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.LabelledImage;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.SmearImage;
import dev.blastscope.report.Report;
import dev.blastscope.report.ReportPage;
import dev.blastscope.report.ReportWriter.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a report to a file, as JSON if its name ends so, else as a page; with pictures from the data set. */
final class ReportFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Map<String, LabelledImage> images = new HashMap<>();
    private final ImageDecoder decoder;

    ReportFile(Path dataset, ImageLimits limits) throws DatasetRejected, IOException {
        decoder = new ImageDecoder(limits);
        for (LabelledImage image : Dataset.read(dataset).images()) {
            images.put(FingerprintedImage.sha256(Files.readAllBytes(image.path())), image);
        }
    }

    Optional<Picture> picture(String sha256) {
        return Optional.ofNullable(images.get(sha256)).map(image -> new Picture(image.name(), thumbnail(image)));
    }

    static void write(Report report, Path file) throws IOException {
        Files.writeString(
                file,
                file.toString().endsWith(".json") ? JSON.writeValueAsString(report) + "\n" : ReportPage.of(report));
    }

    private Optional<String> thumbnail(LabelledImage image) {
        try {
            SmearImage smear = decoder.decode(Files.readAllBytes(image.path()));
            ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
            ImageIO.write(smear.picture(), "jpeg", jpeg);
            return Optional.of("data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg.toByteArray()));
        } catch (IOException | ImageRejected e) {
            return Optional.empty();
        }
    }
}
