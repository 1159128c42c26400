package dev.blastscope.training;

import ai.djl.Device;
import dev.blastscope.dataset.Dataset;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.network.FoldedBackbone;

/** Reads a data set as one backbone sees it. */
record DatasetPreparation(ImageDecoder decoder, FeatureCache cache) {

    GroupedImages prepare(Dataset dataset, StartingBackbone backbone, Device device, TrainingProgress progress)
            throws InterruptedException {
        try (FoldedBackbone folded = new FoldedBackbone(backbone.weights(), device)) {
            return GroupedImages.of(
                    dataset,
                    new ImagePreparation(
                            decoder, cache, folded, backbone.origin().digest(), progress));
        }
    }
}
