package dev.blastscope.training;

import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.network.onnx.QuantisedBackbone;
import dev.blastscope.safetensors.InvalidWeights;
import java.util.Optional;

/**
 * What computes features.
 *
 * @param origin names the backbone and all that happens to an image before it, as a folder's name
 * @param extractor brings it into memory
 */
record FeatureSource(String origin, Loading extractor) {

    /** Brings a backbone into memory. */
    interface Loading {
        FeatureExtractor load() throws NoSuchDevice;
    }

    /** An fp32 backbone, on the engine of this machine. */
    static FeatureSource of(StartingBackbone backbone, NetworkEngine engine) throws NoSuchDevice {
        String suffix = engine.engine() == Engine.PYTORCH ? "" : "-onnx";
        return new FeatureSource(name(backbone.origin().digest() + suffix), () -> engine.extractor(backbone.weights()));
    }

    /** An int8 backbone. */
    static FeatureSource of(QuantisedBackbone backbone, NetworkEngine engine) {
        return new FeatureSource(name(backbone.digest() + "-onnx-int8"), () -> engine.extractor(backbone));
    }

    /** The source whose features the heads of a model know. */
    static FeatureSource of(ModelFiles files, ModelCard card, NetworkEngine engine)
            throws InvalidWeights, NoSuchDevice {
        Optional<QuantisedBackbone> quantised = QuantisedBackbone.of(files, card);
        return quantised.isPresent()
                ? of(quantised.get(), engine)
                : of(StartingBackbone.of(files.backbone(), card.version()), engine);
    }

    /** A folder's name for what a backbone and the preparation of images give. */
    static String name(String backbone) {
        return (backbone + "-" + ImageToTensor.PREPROCESSING).replaceAll("[^A-Za-z0-9.-]", "_");
    }
}
