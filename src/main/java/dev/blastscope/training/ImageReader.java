package dev.blastscope.training;

import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.SmearImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Reads images again that could be read at the beginning of a training. */
record ImageReader(ImageDecoder decoder) {

    SmearImage read(PreparedImage image) {
        try {
            return decoder.decode(Files.readAllBytes(image.image().image().path()));
        } catch (IOException e) {
            throw new UncheckedIOException("An image of the data set went away during the training", e);
        } catch (ImageRejected e) {
            throw new IllegalStateException("An image of the data set changed during the training", e);
        }
    }
}
