
import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.inference.ModelLoader;
import dev.blastscope.inference.ServingModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Times the forward pass in this process and requests to a service with the same model, in turns, so that whatever else
 * the machine does slows both.
 *
 * <pre>java -cp CLASSPATH Latency.java URL IMAGES ROUNDS HOME JSON</pre>
 */
final class Latency {

    private static final int BATCH = 8;
    private static final int SELDOM = 10;
    private static final int WARM_UP = 100;
    /** What the service's JIT compilers need to come to rest. */
    private static final int REQUESTS_BEFORE = 3000;
    /** ResNet-50 at 224x224: 4.09 G multiply-adds. */
    private static final double FLOP_PER_IMAGE = 8.18e9;

    private static final Shape ONE = new Shape(1, 1);
    /** A 3x3 convolution of (4, 256, 28, 28), all arithmetic and little memory. */
    private static final double FLOP_PER_CONVOLUTION = 2.0 * 4 * 28 * 28 * 256 * 256 * 9;

    /** Something to time in every so many rounds; its times in milliseconds. */
    private record Step(String name, int every, Callable<?> work, List<Double> times) {

        Step(String name, int every, Callable<?> work) {
            this(name, every, work, new ArrayList<>());
        }

        void run(int round) throws Exception {
            if (round % every == 0) {
                long start = System.nanoTime();
                work.call();
                times.add((System.nanoTime() - start) / 1e6);
            }
        }

        double quantile(double q) {
            return times.stream().sorted().skip(Math.round(q * (times.size() - 1))).findFirst().orElseThrow();
        }
    }

    public static void main(String[] arguments) throws Exception {
        NativeRuntime.prepare();
        Locale.setDefault(Locale.ROOT);
        URI uri = URI.create(arguments[0]);
        List<byte[]> jpegs = jpegs(Path.of(arguments[1]));
        int rounds = Integer.parseInt(arguments[2]);
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        List<SmearImage> images = new ArrayList<>();
        for (byte[] jpeg : jpegs) {
            images.add(decoder.decode(jpeg));
        }
        List<SmearImage> batch = IntStream.range(0, BATCH).mapToObj(i -> images.get(i % images.size())).toList();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        int[] next = {0};
        ModelStore store = new ModelStore(Path.of(arguments[3], "models"));
        try (ServingModel model = new ModelLoader(store, new NetworkEngine(DeviceChoice.CPU, Engine.AUTO)).active();
                NDManager manager = NativeRuntime.newManager(Device.cpu())) {
            NDArray input = manager.randomUniform(-1, 1, new Shape(4, 28, 28, 256)).transpose(0, 3, 1, 2);
            NDArray filters = manager.randomUniform(-1, 1, new Shape(256, 3, 3, 256)).transpose(0, 3, 1, 2);
            NDArray bias = manager.zeros(new Shape(256));
            Step forward = new Step("forward pass, 1 image", 1, () -> model.predict(List.of(images.get(next[0]))));
            Step http = new Step("HTTP request, 1 image", 1, () -> post(client, uri, jpegs.get(next[0])));
            Step decode = new Step("decoding, 1 image", 1, () -> decoder.decode(jpegs.get(next[0])));
            Step eight = new Step("forward pass, 8 images", SELDOM, () -> model.predict(batch));
            Step convolution = new Step("convolution", SELDOM, () -> {
                Conv2d.conv2d(input, filters, bias, ONE, ONE, ONE, 1).singletonOrThrow().close();
                return null;
            });
            List<Step> steps = List.of(forward, http, decode, eight, convolution);
            for (int i = 0; i < REQUESTS_BEFORE; i++) {
                post(client, uri, jpegs.get(i % jpegs.size()));
            }
            for (int round = -WARM_UP; round < rounds; round++) {
                next[0] = Math.floorMod(round, images.size());
                if (round == 0) {
                    steps.forEach(step -> step.times.clear());
                }
                for (Step step : steps) {
                    step.run(round);
                }
            }
            report(steps, forward, http, eight, FLOP_PER_CONVOLUTION / convolution.quantile(0) / 1e6, Path.of(arguments[4]));
        }
    }

    private static void report(List<Step> steps, Step forward, Step http, Step eight, double peak, Path json)
            throws IOException {
        System.out.printf("%-24s %9s %9s %9s %9s %9s%n", "milliseconds", "median", "fastest", "p25", "p75", "p99");
        List<String> timings = new ArrayList<>();
        for (Step step : steps) {
            Object[] row = {step.name, step.quantile(0.5), step.quantile(0), step.quantile(0.25), step.quantile(0.75), step.quantile(0.99)};
            System.out.printf("%-24s %9.2f %9.2f %9.2f %9.2f %9.2f%n", row);
            timings.add(String.format("\"%s\": {\"median\": %.3f, \"fastest\": %.3f, \"p25\": %.3f, \"p75\": %.3f, \"p99\": %.3f}", row));
        }
        double added = http.quantile(0.5) - forward.quantile(0.5);
        double one = FLOP_PER_IMAGE / forward.quantile(0.5) / 1e6 / peak;
        double each = BATCH * FLOP_PER_IMAGE / eight.quantile(0.5) / 1e6 / peak;
        System.out.printf("HTTP, decoding and JSON add %.2f ms to the forward pass (difference of medians)%n", added);
        System.out.printf("The machine's peak, in the fastest convolution: %.0f GFLOP/s, or %.1f ResNet-50 images/s%n",
                peak, 1e9 * peak / FLOP_PER_IMAGE);
        System.out.printf("Of it, in the median: %.0f %% with 1 image, %.0f %% with 8%n", 100 * one, 100 * each);
        Files.writeString(json, String.format(
                "{\"milliseconds\": {%s},%n \"addedMilliseconds\": %.3f,"
                        + " \"peakGflops\": %.1f, \"shareOfPeak\": {\"1\": %.3f, \"8\": %.3f},"
                        + " \"threads\": %d, \"rounds\": %d, \"java\": \"%s\"}%n",
                String.join(",\n  ", timings), added, peak, one, each, NativeRuntime.threads(), forward.times.size(),
                System.getProperty("java.version")));
    }

    private static String post(HttpClient client, URI uri, byte[] jpeg) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(jpeg))
                .build();
        var response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("The service answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private static List<byte[]> jpegs(Path folder) throws Exception {
        List<byte[]> jpegs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList()) {
                jpegs.add(Files.readAllBytes(file));
            }
        }
        if (jpegs.isEmpty()) {
            throw new IllegalArgumentException("There is no .jpg in " + folder);
        }
        return jpegs;
    }
}
