package dev.blastscope.training;

import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.prediction.SmearClass;
import java.util.List;

/**
 * A labelled image with the features that the frozen backbone sees in it.
 *
 * @param features 2,048 of them
 */
@SuppressWarnings("ArrayRecordComponent") // handed on and never compared
record PreparedImage(FingerprintedImage image, float[] features) {

    SmearClass label() {
        return image.image().label();
    }

    static List<SmearClass> labels(List<PreparedImage> images) {
        return images.stream().map(PreparedImage::label).toList();
    }
}
