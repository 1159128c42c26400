package dev.blastscope.network.onnx;

import dev.blastscope.Smears;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.prediction.SmearClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The embedded model's weights, and images to try them on. */
final class Fixtures {

    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    private Fixtures() {}

    static BackboneWeights backbone() throws Exception {
        return BackboneWeights.read(EmbeddedModel.open().files().backbone());
    }

    static HeadWeights heads() throws Exception {
        return HeadWeights.read(EmbeddedModel.open().files().heads());
    }

    /** Drawings of all classes in turn. */
    static List<SmearImage> drawings(int count) throws Exception {
        List<SmearImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(DECODER.decode(Smears.png(Smears.draw(SmearClass.values()[i % 4], i))));
        }
        return images;
    }

    /** Photographs of all classes in turn, from {@code BLASTSCOPE_DATA}. */
    static List<SmearImage> photographs(int count, int first) throws Exception {
        List<SmearImage> images = new ArrayList<>();
        Path root = Path.of(System.getenv("BLASTSCOPE_DATA"), "all");
        List<String> folders = List.of("benign", "early_pre_b", "pre_b", "pro_b");
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(root.resolve(folder))) {
                for (Path file :
                        files.sorted().skip(first).limit(count / folders.size()).toList()) {
                    images.add(DECODER.decode(Files.readAllBytes(file)));
                }
            }
        }
        return images;
    }

    static double cosine(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** Of a to b, as a share of b's length. */
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
