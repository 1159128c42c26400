package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.NoSuchDevice;

/** Reads a data set as one backbone sees it. */
record DatasetPreparation(ImageDecoder decoder, FeatureCache cache) {

    GroupedImages prepare(Dataset dataset, FeatureSource source, TrainingProgress progress)
            throws NoSuchDevice, InterruptedException {
        try (FeatureExtractor extractor = source.extractor().load()) {
            return GroupedImages.of(
                    dataset, new ImagePreparation(decoder, cache, extractor, source.origin(), progress));
        }
    }
}
