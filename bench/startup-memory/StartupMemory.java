
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Starts the packaged service over and over until it is ready, and watches the resident memory of the last one.
 *
 * <pre>java StartupMemory.java PORT HOME IMAGES STARTS REQUESTS CLIENTS JSON</pre>
 *
 * <p>One more start, before the others, has no native libraries unpacked yet, as on a new machine.
 */
final class StartupMemory {

    private static final int SAMPLE_EVERY = 100;
    private static final long LONGEST_START_NANOS = 120_000_000_000L;

    private final String address;
    private final List<String> command;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private StartupMemory(String port, String home) {
        address = "http://127.0.0.1:" + port;
        command = List.of("java", "-jar", "target/blastscope.jar", "--server.port=" + port,
                "--server.address=127.0.0.1", "--blastscope.home=" + home);
    }

    /** A service that is ready, the seconds from its process's start until then, and how long CPUs worked for it. */
    private record Service(Process process, double seconds, double cpuSeconds) implements AutoCloseable {

        double megabytes(String field) throws IOException {
            try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
                return lines.filter(line -> line.startsWith(field))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                        .findFirst()
                        .orElseThrow(() -> new IOException("The service has ended."));
            }
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        StartupMemory bench = new StartupMemory(arguments[0], arguments[1]);
        List<byte[]> images = images(Path.of(arguments[2]));
        int starts = Integer.parseInt(arguments[3]);
        double first;
        Path cache = Files.createTempDirectory("blastscope-cache");
        try (Service service = bench.start(cache)) {
            first = service.seconds;
        } finally {
            delete(cache);
        }
        List<Double> seconds = new ArrayList<>();
        List<Double> cpuSeconds = new ArrayList<>();
        for (int i = 1; i < starts; i++) {
            try (Service service = bench.start(null)) {
                seconds.add(service.seconds);
                cpuSeconds.add(service.cpuSeconds);
            }
        }
        try (Service service = bench.start(null)) {
            seconds.add(service.seconds);
            cpuSeconds.add(service.cpuSeconds);
            List<Double> megabytes =
                    bench.load(service, images, Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
            report(first, seconds, cpuSeconds, megabytes, service.megabytes("VmHWM:"), Path.of(arguments[6]));
        }
    }

    /** Starts the service, with this folder for its native libraries if there is one. */
    private Service start(Path cache) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(new File("target/bench/service.log"));
        if (cache != null) {
            builder.environment().put("DJL_CACHE_DIR", cache.toString());
        }
        long start = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        HttpRequest ready = HttpRequest.newBuilder(URI.create(address + "/readyz")).build();
        while (process.isAlive() && System.nanoTime() - start < LONGEST_START_NANOS) {
            try {
                if (client.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    double seconds = (System.nanoTime() - start) / 1e9;
                    return new Service(process, seconds, process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
                }
            } catch (IOException notListeningYet) {
                // Asked again in a moment.
            }
            Thread.sleep(20);
        }
        process.destroy();
        throw new IOException("The service did not get ready; see target/bench/service.log");
    }

    /** Resident megabytes when idle and after every hundred predictions. */
    private List<Double> load(Service service, List<byte[]> images, int requests, int clients) throws Exception {
        List<Double> megabytes = new ArrayList<>();
        megabytes.add(service.megabytes("VmRSS:"));
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        try {
            for (int done = 0; done < requests; done += SAMPLE_EVERY) {
                List<Callable<Integer>> hundred = new ArrayList<>();
                for (int i = done; i < done + SAMPLE_EVERY; i++) {
                    byte[] image = images.get(i % images.size());
                    hundred.add(() -> post(image));
                }
                for (Future<Integer> status : pool.invokeAll(hundred)) {
                    if (status.get() != 200) {
                        throw new IOException("The service answered " + status.get());
                    }
                }
                megabytes.add(service.megabytes("VmRSS:"));
            }
        } finally {
            pool.shutdown();
        }
        return megabytes;
    }

    private int post(byte[] image) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/v1/predictions"))
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(image))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static void report(
            double first, List<Double> seconds, List<Double> cpuSeconds, List<Double> megabytes, double peak, Path json)
            throws IOException {
        double median = median(seconds);
        double slope = slopePerThousand(megabytes.subList(megabytes.size() / 2, megabytes.size()));
        int requests = (megabytes.size() - 1) * SAMPLE_EVERY;
        System.out.printf("Ready after        %6.2f s   (median of %d, from %.2f to %.2f)%n", median, seconds.size(),
                Collections.min(seconds), Collections.max(seconds));
        System.out.printf("  of CPU time      %6.2f s%n", median(cpuSeconds));
        System.out.printf("  the first time   %6.2f s   (native libraries unpacked)%n", first);
        System.out.printf("Resident when idle %6.0f MB%n", megabytes.get(0));
        System.out.printf("  after %5d      %6.0f MB%n", SAMPLE_EVERY, megabytes.get(1));
        System.out.printf("  after %5d      %6.0f MB%n", requests, megabytes.get(megabytes.size() - 1));
        System.out.printf("  at most          %6.0f MB%n", peak);
        System.out.printf("Second half        %+6.2f MB per 1,000 predictions%n", slope);
        Files.writeString(json, String.format(
                "{\"readySeconds\": %s, \"readySecondsMedian\": %.2f, \"readyCpuSeconds\": %.2f, \"firstReadySeconds\": %.2f,%n"
                        + " \"residentMegabytesEveryHundred\": %s,%n"
                        + " \"peakMegabytes\": %.1f, \"megabytesPerThousand\": %.3f, \"requests\": %d}%n",
                rounded(seconds), median, median(cpuSeconds), first, rounded(megabytes), peak, slope, requests));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static List<String> rounded(List<Double> values) {
        return values.stream().map(value -> String.format("%.2f", value)).toList();
    }

    /** Of the least-squares line through samples a hundred predictions apart. */
    private static double slopePerThousand(List<Double> samples) {
        double middle = (samples.size() - 1) / 2.0;
        double covariance = 0;
        double variance = 0;
        for (int i = 0; i < samples.size(); i++) {
            covariance += (i - middle) * samples.get(i);
            variance += (i - middle) * (i - middle);
        }
        return covariance / variance * 1000 / SAMPLE_EVERY;
    }

    private static List<byte[]> images(Path folder) throws IOException {
        List<byte[]> images = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList()) {
                images.add(Files.readAllBytes(file));
            }
        }
        if (images.isEmpty()) {
            throw new IllegalArgumentException("There is no .jpg in " + folder);
        }
        return images;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
