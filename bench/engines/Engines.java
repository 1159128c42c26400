
import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import com.sun.management.OperatingSystemMXBean;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.FoldedBackbone;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.network.onnx.ActivationRanges;
import dev.blastscope.network.onnx.OnnxBackbone;
import dev.blastscope.network.onnx.QuantisedBackbone;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Times a forward pass on each engine, all of them in turn in one run, beside what the CPU can do at most. */
public final class Engines {

    /** Multiplications and additions in the convolutions for one image: 4.09 billion of each. */
    private static final double FLOP_PER_IMAGE = 8.18e9;

    private static final int[] BATCHES = {1, 4, 8};
    /** A matrix product that oneDNN computes as a 1x1 convolution: MKL, which PyTorch takes for others, is slow on AMD. */
    private static final int SIDE = 1024;

    /** Short and many, so that the best one was hardly disturbed. */
    private static final int PRODUCTS = 20;

    private static final OperatingSystemMXBean OS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        NativeRuntime.prepare();
        BackboneWeights weights = BackboneWeights.read(EmbeddedModel.open().files().backbone());
        QuantisedBackbone int8 = QuantisedBackbone.of(weights, ActivationRanges.measure(weights, noise(16), done -> {}));
        try (FeatureExtractor pytorch = new FoldedBackbone(weights, Device.cpu());
                FeatureExtractor onnx = new OnnxBackbone(weights);
                FeatureExtractor onnxInt8 = new OnnxBackbone(int8);
                NDManager manager = NativeRuntime.newManager(Device.cpu())) {
            Map<String, FeatureExtractor> engines = new LinkedHashMap<>();
            engines.put("pytorch fp32", pytorch);
            engines.put("onnx fp32", onnx);
            engines.put("onnx int8", onnxInt8);
            NDArray pixels = manager.randomUniform(-1, 1, new Shape(1, 32, SIDE / 32, SIDE)).transpose(0, 3, 1, 2);
            NDArray filters = manager.randomUniform(-1, 1, new Shape(SIDE, 1, 1, SIDE)).transpose(0, 3, 1, 2);
            Map<String, List<Double>> seconds = new LinkedHashMap<>();
            Map<String, List<Double>> cpuSeconds = new LinkedHashMap<>();
            for (int round = -2; round < rounds; round++) {
                for (int batch : BATCHES) {
                    List<SmearImage> images = noise(batch);
                    for (Map.Entry<String, FeatureExtractor> engine : engines.entrySet()) {
                        long cpu = OS.getProcessCpuTime();
                        double took = seconds(() -> engine.getValue().features(images));
                        if (round >= 0) {
                            note(seconds, engine.getKey() + ", batch " + batch, took);
                            note(cpuSeconds, engine.getKey() + ", batch " + batch, (OS.getProcessCpuTime() - cpu) / 1e9);
                        }
                    }
                }
                for (int product = 0; product < PRODUCTS; product++) {
                    note(seconds, "matrix product", seconds(() -> Conv2d.conv2d(pixels, filters).close()));
                }
            }
            report(seconds, cpuSeconds, rounds, Path.of(arguments[1]));
        }
    }

    private static void report(
            Map<String, List<Double>> seconds, Map<String, List<Double>> cpuSeconds, int rounds, Path json)
            throws Exception {
        double peak = 2.0 * SIDE * SIDE * SIDE / quantile(seconds.remove("matrix product"), 0) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d CPUs, %d rounds, one call after the other; the best product of %d x %d matrices reaches %.0f GFLOP/s,"
                        + " which would be %.0f images/s%n%n",
                NativeRuntime.threads(), rounds, SIDE, SIDE, peak, peak * 1e9 / FLOP_PER_IMAGE);
        System.out.println("| pass | median ms | 5 % to 95 % | images/s | of the fp32 peak | CPU ms an image |\n|---|---|---|---|---|---|");
        List<Map<String, Object>> rows = new ArrayList<>();
        seconds.forEach((pass, times) -> {
            int batch = Integer.parseInt(pass.substring(pass.lastIndexOf(' ') + 1));
            double median = quantile(times, 0.5);
            double rate = batch / median;
            System.out.printf(
                    Locale.ROOT, "| %s | %.1f | %.1f to %.1f | %.0f | %.0f %% | %.1f |%n", pass, 1e3 * median,
                    1e3 * quantile(times, 0.05), 1e3 * quantile(times, 0.95), rate,
                    100 * rate * FLOP_PER_IMAGE / 1e9 / peak,
                    1e3 * cpuSeconds.get(pass).stream().mapToDouble(t -> t).average().orElseThrow() / batch);
            rows.add(Map.of(
                    "pass", pass, "seconds", times, "cpuSeconds", cpuSeconds.get(pass), "median", median,
                    "imagesPerSecond", rate));
        });
        Files.write(json, JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build()
                .writeValueAsBytes(Map.of("cpus", NativeRuntime.threads(), "peakGflops", peak, "passes", rows)));
    }

    private static double seconds(Runnable pass) {
        long start = System.nanoTime();
        pass.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void note(Map<String, List<Double>> seconds, String pass, double took) {
        seconds.computeIfAbsent(pass, unseen -> new ArrayList<>()).add(took);
    }

    private static double quantile(List<Double> values, double level) {
        return values.stream().sorted().toList().get((int) Math.round(level * (values.size() - 1)));
    }

    /** What is on the images makes no difference to the time. */
    private static List<SmearImage> noise(int count) {
        Random random = new Random(count);
        List<SmearImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] rgb = new byte[3 * SmearImage.SIDE * SmearImage.SIDE];
            random.nextBytes(rgb);
            images.add(SmearImage.ofRgb(rgb, SmearImage.SIDE, SmearImage.SIDE));
        }
        return images;
    }
}
