import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelFiles;
import dev.blastscope.network.NetworkInput;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Prediction;
import dev.blastscope.review.TrackRecord;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.Reviewer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Times each step from an image file to the network's input, and the review after the network, all of them in turn for
 * each image, in one run.
 */
public final class Preprocessing {

    private static final int WARM_UP = 300;

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    private static final Prediction PREDICTION = Calibration.NONE.predict(new float[] {0, 9}, new float[] {0, 9, 0});

    private final Reviewer reviewer;
    private final float[] features = new float[2048];
    private final FloatBuffer input = FloatBuffer.allocate(NetworkInput.size(1));
    private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();

    private Preprocessing() throws Exception {
        ModelFiles files = EmbeddedModel.open().files();
        reviewer = new Reviewer(TrackRecord.of(files, ModelCard.read(files.card())), ReviewSettings.DEFAULT);
        Random random = new Random(1);
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(Path.of(arguments[0]))) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().limit(100).toList()) {
                files.add(Files.readAllBytes(path));
            }
        }
        Preprocessing bench = new Preprocessing();
        for (int i = 0; i < WARM_UP; i++) {
            bench.run(files.get(i % files.size()));
        }
        bench.milliseconds.clear();
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            for (byte[] file : files) {
                bench.run(file);
            }
        }
        System.out.printf("%d images, %s rounds, one thread; milliseconds an image%n%n", files.size(), arguments[1]);
        System.out.println("| step | median | 95th percentile |\n|---|---|---|");
        bench.milliseconds.forEach((step, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f |%n",
                    step,
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() * 95 / 100));
        });
    }

    private void run(byte[] file) throws Exception {
        SmearImage image = timed("decode and squash", () -> decoder.decode(file));
        timed("find the white reference", image::whiteReference);
        timed("from pixels to the network's input, the reference known", () -> {
            NetworkInput.planes(List.of(image), input.clear());
            return input;
        });
        timed("measure the quality", image::quality);
        timed("review, the quality known: the nearest cases, the set", () -> reviewer.review(image, features, PREDICTION));
    }

    private <T> T timed(String step, Step<T> work) throws Exception {
        long start = System.nanoTime();
        T result = work.run();
        double elapsed = (System.nanoTime() - start) / 1e6;
        milliseconds.computeIfAbsent(step, name -> new ArrayList<>()).add(elapsed);
        return result;
    }

    private interface Step<T> {

        T run() throws Exception;
    }
}
