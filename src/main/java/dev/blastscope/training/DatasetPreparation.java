package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.network.FeatureExtractor;

/** Reads a data set as one backbone sees it. */
record DatasetPreparation(ImageDecoder decoder, FeatureCache cache) {

    GroupedImages prepare(Dataset dataset, FeatureSource source, TrainingProgress progress)
            throws InterruptedException {
        try (FeatureExtractor extractor = source.extractor().get()) {
            return GroupedImages.of(
                    dataset, new ImagePreparation(decoder, cache, extractor, source.origin(), progress));
        }
    }
}
