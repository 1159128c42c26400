package dev.blastscope.network;

import dev.blastscope.Smears;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.SmearImage;
import dev.blastscope.prediction.SmearClass;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.safetensors.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The embedded backbone, heads of random weights, and drawings as the network sees them. */
final class Networks {

    private Networks() {}

    /** The bytes of the embedded backbone, F16. */
    static byte[] backboneFile() throws IOException {
        try (InputStream file = Networks.class.getResourceAsStream("/model/backbone.safetensors")) {
            if (file == null) {
                throw new IOException("there is no embedded backbone");
            }
            return file.readAllBytes();
        }
    }

    static BackboneWeights backbone() throws IOException, InvalidWeights {
        return BackboneWeights.read(backboneFile());
    }

    static HeadWeights heads(long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        HeadWeights.shapes().forEach((name, shape) -> {
            int size = 1;
            for (long dimension : shape) {
                size *= (int) dimension;
            }
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = 0.05f * (float) random.nextGaussian();
            }
            tensors.put(name, new Tensor(shape, values));
        });
        return new HeadWeights(tensors);
    }

    static List<SmearImage> drawings(int count) throws ImageRejected {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        List<SmearImage> drawings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drawings.add(decoder.decode(Smears.png(Smears.draw(SmearClass.values()[i % 4], i))));
        }
        return drawings;
    }

    /** |a - b| / |b|. */
    static double relativeDistance(float[] a, float[] b) {
        double distance = 0;
        double norm = 0;
        for (int i = 0; i < a.length; i++) {
            distance += Math.pow(a[i] - b[i], 2);
            norm += Math.pow(b[i], 2);
        }
        return Math.sqrt(distance / norm);
    }
}
