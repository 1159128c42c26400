
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Posts many images, every tenth of them one that must be refused, lets two versions take turns meanwhile, and watches the
 * resident memory of the service.
 *
 * <pre>java Soak.java URL PID IMAGES REQUESTS CLIENTS MINUTES SECONDS JSON</pre>
 *
 * <p>The two newest published versions swap SECONDS after each swap; never, where that is negative. Ends after REQUESTS or
 * MINUTES, whichever comes first; exits with 1 if a request got another status than it should, or an image was answered by
 * neither version. Sends the environment's BLASTSCOPE_SECURITY_ADMINKEY, if there is one, as X-API-Key.
 */
final class Soak {

    private static final int SAMPLE_EVERY = 100;

    /** What is sent, and the status it must get. */
    private record Upload(String kind, byte[] body, int expected) {}

    /** What came back; status 0 where nothing did. */
    private record Reply(int status, String body) {}

    /** Resident memory after so many requests. */
    private record Resident(int requests, double megabytes) {}

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        System.setProperty("jdk.httpclient.keepalive.timeout", "2");
        String service = arguments[0];
        URI uri = URI.create(service + "/api/v1/predictions");
        long pid = Long.parseLong(arguments[1]);
        int requests = Integer.parseInt(arguments[3]);
        long end = System.nanoTime() + (long) (60e9 * Double.parseDouble(arguments[5]));
        List<Upload> good = images(Path.of(arguments[2]));
        List<Upload> bad = refusals(good.get(0).body);

        HttpClient client = HttpClient.newHttpClient();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Map<String, Integer> outcomes = new TreeMap<>();
        AtomicInteger unexpected = new AtomicInteger();
        double pause = Double.parseDouble(arguments[6]);
        List<String> versions = pause < 0 ? List.of() : newestTwo(client, service);
        if (!versions.isEmpty()) {
            activate(client, service, versions.get(0));
        }
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < requests && System.nanoTime() < end; i = next.getAndIncrement()) {
                Upload upload = i % 10 == 9 ? bad.get(i / 10 % bad.size()) : good.get(i % good.size());
                Reply reply = post(client, uri, upload);
                int status = reply.status;
                if (status == 200 && !versions.isEmpty() && versions.stream().noneMatch(reply.body::contains)) {
                    unexpected.incrementAndGet();
                }
                synchronized (outcomes) {
                    outcomes.merge(upload.kind + ": " + (status == 0 ? "no answer" : status), 1, Integer::sum);
                }
                unexpected.addAndGet(status == upload.expected ? 0 : 1);
                done.incrementAndGet();
            }
        };
        List<Resident> samples = new ArrayList<>();
        long start = System.nanoTime();
        List<Thread> threads = Stream.generate(() -> new Thread(work))
                .limit(Integer.parseInt(arguments[4]))
                .toList();
        threads.forEach(Thread::start);
        AtomicInteger swaps = new AtomicInteger();
        Thread swapping = new Thread(() -> {
            while (!versions.isEmpty() && threads.stream().anyMatch(Thread::isAlive)) {
                sleep(pause);
                activate(client, service, versions.get((swaps.get() + 1) % 2));
                swaps.incrementAndGet();
            }
        });
        swapping.start();
        samples.add(new Resident(0, residentMegabytes(pid)));
        while (threads.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(50);
            if (done.get() >= samples.get(samples.size() - 1).requests + SAMPLE_EVERY) {
                samples.add(new Resident(done.get(), residentMegabytes(pid)));
            }
        }
        swapping.join();
        report(samples, outcomes, done.get(), swaps.get(), (System.nanoTime() - start) / 1e9, unexpected.get(),
                Path.of(arguments[7]));
        System.exit(unexpected.get() == 0 ? 0 : 1);
    }

    private static List<Upload> images(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .map(file -> new Upload("image", read(file), 200))
                    .toList();
        }
    }

    private static List<Upload> refusals(byte[] jpeg) {
        byte[] tooManyBytes = Arrays.copyOf(jpeg, 16 * 1024 * 1024 + 1);
        return List.of(
                new Upload("cut short", Arrays.copyOf(jpeg, jpeg.length / 2), 422),
                new Upload("text", "This is no image.".getBytes(StandardCharsets.UTF_8), 415),
                new Upload("too many pixels", png(30_000, 30_000), 413),
                new Upload("empty", new byte[0], 400),
                new Upload("too many bytes", tooManyBytes, 413));
    }

    /** A PNG that says it is of this size and has hardly a pixel. */
    private static byte[] png(int width, int height) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        ByteBuffer png = ByteBuffer.allocate(100).putLong(0x89504E470D0A1A0AL);
        chunk(png, "IHDR", header);
        chunk(png, "IDAT", new byte[8]);
        chunk(png, "IEND", new byte[0]);
        return Arrays.copyOf(png.array(), png.position());
    }

    private static void chunk(ByteBuffer png, String name, byte[] data) {
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.US_ASCII));
        checksum.update(data);
        png.putInt(data.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) checksum.getValue());
    }

    private static Reply post(HttpClient client, URI uri, Upload upload) {
        return send(client, request(uri)
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(upload.body)));
    }

    private static List<String> newestTwo(HttpClient client, String service) {
        Reply models = send(client, request(URI.create(service + "/api/v1/models")));
        List<String> versions = Pattern.compile("\\d{4}-\\d\\d-\\d\\d\\.\\d+")
                .matcher(models.body)
                .results()
                .map(MatchResult::group)
                .limit(2)
                .toList();
        if (versions.size() < 2) {
            throw new IllegalStateException("Swaps need two published versions: train twice.");
        }
        return versions;
    }

    private static void activate(HttpClient client, String service, String version) {
        URI uri = URI.create(service + "/api/v1/admin/models/" + version + "/activate?why=soak");
        Reply reply = send(client, request(uri).POST(BodyPublishers.noBody()));
        if (reply.status != 200) {
            System.out.println("Model " + version + " was not activated: " + reply);
            System.exit(1);
        }
    }

    private static HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60));
        String key = System.getenv("BLASTSCOPE_SECURITY_ADMINKEY");
        return key == null ? request : request.header("X-API-Key", key);
    }

    private static Reply send(HttpClient client, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException | InterruptedException e) {
            return new Reply(0, String.valueOf(e.getMessage()));
        }
    }

    private static void sleep(double seconds) {
        try {
            Thread.sleep((long) (1000 * seconds));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void report(
            List<Resident> samples,
            Map<String, Integer> outcomes,
            int done,
            int swaps,
            double seconds,
            int unexpected,
            Path json)
            throws IOException {
        List<Resident> settled = samples.subList(samples.size() / 2, samples.size());
        double first = samples.get(0).megabytes;
        double half = settled.get(0).megabytes;
        double last = samples.get(samples.size() - 1).megabytes;
        double peak = samples.stream().mapToDouble(Resident::megabytes).max().orElseThrow();
        double slope = slopePerThousand(settled);
        System.out.printf("%d requests in %.0f s (%.1f/s), %d swaps, %d requests lost or answered otherwise than they should%n",
                done, seconds, done / seconds, swaps, unexpected);
        outcomes.forEach((outcome, count) -> System.out.printf("  %-22s %d%n", outcome, count));
        System.out.printf("Resident memory: %.0f MB at the start, %.0f MB halfway, %.0f MB at the end, %.0f MB at most%n",
                first, half, last, peak);
        System.out.printf("Second half: %+.2f MB per 1,000 requests%n", slope);
        String counts = outcomes.entrySet().stream()
                .map(entry -> String.format("\"%s\": %d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        String series = samples.stream()
                .map(sample -> String.format("[%d, %.1f]", sample.requests, sample.megabytes))
                .collect(Collectors.joining(", "));
        Files.writeString(json, String.format(
                "{\"requests\": %d, \"swaps\": %d, \"seconds\": %.1f, \"unexpected\": %d, \"outcomes\": {%s},%n"
                        + " \"megabytesPerThousandRequests\": %.3f, \"residentMegabytes\": [%s]}%n",
                done, swaps, seconds, unexpected, counts, slope, series));
    }

    /** Of the least-squares line; NaN of fewer than two samples. */
    private static double slopePerThousand(List<Resident> samples) {
        double meanX = samples.stream().mapToDouble(Resident::requests).average().orElseThrow();
        double meanY = samples.stream().mapToDouble(Resident::megabytes).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (Resident sample : samples) {
            covariance += (sample.requests - meanX) * (sample.megabytes - meanY);
            variance += (sample.requests - meanX) * (sample.requests - meanX);
        }
        return 1000 * covariance / variance;
    }

    private static double residentMegabytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow(() -> new IOException("The service has ended."));
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
