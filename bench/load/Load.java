
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Posts the same images to one or more prediction services, compares their answers, loads them in turns, and prints how
 * they bear it.
 *
 * <pre>java Load IMAGES JSON WARM_UP CLIENTS SECONDS ROUNDS OVERLOADS FLOOD_SECONDS NAME:PID=URL...</pre>
 *
 * <p>Closed loop: each client sends its next image when it has its answer; services take turns in every round. Open loop:
 * images are sent at a rate, whether answers come or not, and latency counts from the moment an image was due, so a service
 * cannot look fast by delaying its callers. Every loop is bounded in time, and the open loop in requests in flight.
 */
final class Load {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(45);
    private static final double PROBES_PER_SECOND = 10;
    private static final int PROBES_BEFORE_OVERLOAD = 30;
    /** So many normal probes in a row end an overload. */
    private static final int NORMAL_IN_A_ROW = 5;
    /** A probe is normal up to this multiple of the median of the probes before the overload. */
    private static final double NORMAL = 2;

    private static final int MOST_IN_FLIGHT = 1024;
    private static final double SAME = 1e-3;
    private static final Pattern PROBABILITY =
            Pattern.compile("\"(benign|malignant|EARLY_PRE_B|PRE_B|PRO_B)\"\\s*:\\s*([-+.0-9eE]+)");

    private final List<Path> files;
    private final List<byte[]> images;
    private final AtomicInteger next = new AtomicInteger();
    /** CPU time of each service for an image, in milliseconds, at its capacity. */
    private final Map<Target, Double> cpuMillis = new LinkedHashMap<>();
    private final ExecutorService senders = Executors.newCachedThreadPool();

    private Load(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("There is no .jpg in " + folder);
        }
        images = new ArrayList<>();
        for (Path file : files) {
            images.add(Files.readAllBytes(file));
        }
    }

    /** A service under load. */
    private record Target(String name, String pid, Connections connections) {

        static Target of(String argument) {
            String[] parts = argument.split("[:=]", 3);
            return new Target(parts[0], parts[1], new Connections(URI.create(parts[2])));
        }
    }

    /** One request: when it was due, when it was over, and its status, 0 where there was no answer. */
    private record Sample(long due, long end, int status) {

        double millis() {
            return (end - due) / 1e6;
        }
    }

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Load load = new Load(Path.of(arguments[0]));
        Duration warmUp = Duration.ofSeconds(Long.parseLong(arguments[2]));
        List<Integer> clients = numbers(arguments[3]).map(Integer::valueOf).toList();
        Duration window = Duration.ofMillis((long) (1000 * Double.parseDouble(arguments[4])));
        int rounds = Integer.parseInt(arguments[5]);
        List<Double> overloads = numbers(arguments[6]).map(Double::valueOf).toList();
        Duration flood = Duration.ofMillis((long) (1000 * Double.parseDouble(arguments[7])));
        List<Target> targets =
                Stream.of(arguments).skip(8).map(Target::of).toList();

        long start = System.nanoTime();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", Machine.describe());
        report.put("settings", Map.of("images", load.images.size(), "warmUp", arguments[2], "seconds", arguments[4], "rounds", rounds, "floodSeconds", arguments[7]));
        System.out.println(Machine.describe() + "\n");
        report.put("answers", load.compareAnswers(targets));
        for (Target target : targets) {
            load.closedLoop(target, 8, warmUp);
        }
        Map<Target, Double> capacity = new LinkedHashMap<>();
        report.put("closed", load.closedLoops(targets, clients, window, rounds, capacity));
        report.put("open", load.openLoops(capacity, overloads, flood));
        Map<String, Long> resident = new LinkedHashMap<>();
        for (Target target : targets) {
            resident.put(target.name, Machine.residentMegabytes(target.pid));
        }
        report.put("residentMegabytes", resident);
        report.put("loadAverageAtEnd", Machine.loadAverage());
        report.put("generatorCpuSeconds", Machine.ownCpuSeconds());
        System.out.printf(
                "%nResident memory in MB: %s. The load generator itself took %.1f s of CPU in %.0f s.%n",
                resident, Machine.ownCpuSeconds(), (System.nanoTime() - start) / 1e9);
        Path json = Path.of(arguments[1]);
        Files.createDirectories(json.toAbsolutePath().getParent());
        Files.writeString(json, Json.of(report) + "\n");
        load.senders.shutdown();
    }

    private static Stream<String> numbers(String list) {
        return Stream.of(list.split(",")).filter(number -> !number.isBlank());
    }

    // Answers

    private Map<String, Object> compareAnswers(List<Target> targets) throws Exception {
        Map<String, Object> differences = new LinkedHashMap<>();
        List<Map<String, Double>> reference = answers(targets.get(0));
        for (Target target : targets.subList(1, targets.size())) {
            List<Map<String, Double>> theirs = answers(target);
            double worst = IntStream.range(0, reference.size())
                    .mapToDouble(i -> difference(reference.get(i), theirs.get(i)))
                    .max()
                    .orElseThrow();
            differences.put(target.name, worst);
            System.out.printf(
                    "Answers of %s: %s, largest difference of a probability %.1e on %d images%n",
                    target.name, worst <= SAME ? "the same" : "DIFFERENT", worst, reference.size());
        }
        return differences;
    }

    private List<Map<String, Double>> answers(Target target) throws Exception {
        List<Map<String, Double>> answers = new ArrayList<>();
        for (int i = 0; i < Math.min(images.size(), 100); i++) {
            Connections.Answer response = target.connections.post(images.get(i));
            String body = new String(response.body(), StandardCharsets.UTF_8);
            if (response.status() != 200) {
                throw new IllegalStateException(
                        target.name + " answers " + files.get(i) + " with " + response.status() + ": " + body);
            }
            Map<String, Double> answer = new TreeMap<>();
            Matcher matcher = PROBABILITY.matcher(body);
            while (matcher.find()) {
                answer.put(matcher.group(1), Double.valueOf(matcher.group(2)));
            }
            answers.add(answer);
        }
        return answers;
    }

    private static double difference(Map<String, Double> one, Map<String, Double> other) {
        if (!one.keySet().equals(other.keySet())) {
            return 1;
        }
        return one.keySet().stream()
                .mapToDouble(name -> Math.abs(one.get(name) - other.get(name)))
                .max()
                .orElse(1);
    }

    // Closed loop

    private List<Object> closedLoops(
            List<Target> targets, List<Integer> clients, Duration window, int rounds, Map<Target, Double> capacity) {
        System.out.println("\n| clients | service | images/s (least-most) | CPU ms/image | p50 ms | p95 ms | p99 ms | refused | errors |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        List<Object> rows = new ArrayList<>();
        for (int count : clients) {
            Map<Target, List<Double>> rates = new LinkedHashMap<>();
            Map<Target, List<Double>> cpus = new LinkedHashMap<>();
            Map<Target, List<Sample>> samples = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                List<Target> turn = new ArrayList<>(targets);
                Collections.rotate(turn, -round);
                for (Target target : turn) {
                    long start = System.nanoTime();
                    double cpuBefore = Machine.cpuSeconds(target.pid);
                    List<Sample> ofRound = closedLoop(target, count, window);
                    cpus.computeIfAbsent(target, t -> new ArrayList<>())
                            .add(1e3 * (Machine.cpuSeconds(target.pid) - cpuBefore) / ofRound.size());
                    double answered = answeredBy(start + window.toNanos(), ofRound) / seconds(window);
                    rates.computeIfAbsent(target, t -> new ArrayList<>()).add(answered);
                    samples.computeIfAbsent(target, t -> new ArrayList<>()).addAll(ofRound);
                }
            }
            for (Target target : targets) {
                List<Double> sorted = rates.get(target).stream().sorted().toList();
                double median = percentile(sorted, 50);
                double cpu = percentile(cpus.get(target).stream().sorted().toList(), 50);
                if (median >= capacity.getOrDefault(target, 0.0)) {
                    capacity.put(target, median);
                    cpuMillis.put(target, cpu);
                }
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("clients", count);
                row.put("service", target.name);
                row.put("imagesPerSecond", rates.get(target));
                row.put("cpuMillisPerImage", cpus.get(target));
                row.putAll(summary(samples.get(target)));
                rows.add(row);
                System.out.printf(
                        "| %d | %s | %.1f (%.1f-%.1f) | %.1f | %s%n",
                        count, target.name, median, sorted.get(0), sorted.get(sorted.size() - 1), cpu, cells(row));
            }
        }
        return rows;
    }

    private List<Sample> closedLoop(Target target, int clients, Duration window) {
        long end = System.nanoTime() + window.toNanos();
        Queue<Sample> samples = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(() -> {
                for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
                    samples.add(send(target, now));
                }
            });
            thread.start();
            threads.add(thread);
        }
        threads.forEach(Load::join);
        return List.copyOf(samples);
    }

    // Open loop

    private List<Object> openLoops(Map<Target, Double> capacity, List<Double> overloads, Duration window) {
        System.out.println("\n| sent | service | answered/s | of capacity | CPU ms/refusal | p50 ms | p95 ms | p99 ms | refused | errors | normal again after |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        List<Object> rows = new ArrayList<>();
        for (double factor : overloads) {
            capacity.forEach((target, most) -> {
                Map<String, Object> row = overload(target, factor * most, window);
                rows.add(row);
                System.out.printf(
                        "| %.0fx: %.0f/s | %s | %.1f | %.0f %% | %.2f | %s %s |%n",
                        factor, row.get("sentPerSecond"), target.name, row.get("answeredPerSecond"),
                        100 * (double) row.get("answeredPerSecond") / most, row.get("cpuMillisPerRefusal"), cells(row),
                        row.get("normalAgainAfterSeconds") instanceof Double after
                                ? String.format("%.1f s", after)
                                : "more than " + LONGEST_RECOVERY.toSeconds() + " s");
            });
        }
        return rows;
    }

    /** Probes a service ten times a second before, during and after an overload. */
    private Map<String, Object> overload(Target target, double rate, Duration window) {
        OpenLoop probes = new OpenLoop(target);
        AtomicBoolean over = new AtomicBoolean();
        double cpuBefore = Machine.ownCpuSeconds();
        Thread probing = new Thread(() -> probes.run(PROBES_PER_SECOND, () -> !over.get()));
        probing.start();
        waitFor(() -> probes.samples.size() >= PROBES_BEFORE_OVERLOAD, TIMEOUT);
        double usual = percentile(
                probes.samples.stream().map(Sample::millis).sorted().toList(), 50);

        OpenLoop flood = new OpenLoop(target);
        long end = System.nanoTime() + window.toNanos();
        double serviceBefore = Machine.cpuSeconds(target.pid);
        flood.run(rate, () -> System.nanoTime() < end);
        double service = Machine.cpuSeconds(target.pid) - serviceBefore;
        List<Sample> ofFlood = List.copyOf(flood.samples);
        waitFor(() -> normalSince(probes.samples, end, NORMAL * usual) >= 0, LONGEST_RECOVERY);
        long normalAgain = normalSince(probes.samples, end, NORMAL * usual);
        over.set(true);
        join(probing);
        waitFor(() -> flood.inFlight.get() + probes.inFlight.get() == 0, TIMEOUT);

        Map<String, Object> row = new LinkedHashMap<>();
        row.put("service", target.name);
        row.put("sentPerSecond", rate);
        row.put("answeredPerSecond", answeredBy(end, flood.samples) / seconds(window));
        row.put("cpuMillisPerRefusal", refusalMillis(target, service, ofFlood));
        row.putAll(summary(flood.samples));
        row.put("heldBackByGenerator", flood.heldBack);
        row.put("generatorCpuSeconds", Machine.ownCpuSeconds() - cpuBefore);
        row.put("usualProbeMs", usual);
        row.put("normalAgainAfterSeconds", normalAgain < 0 ? "not seen" : (normalAgain - end) / 1e9);
        return row;
    }

    /** What is left of the CPU time when the answers have had what they cost at capacity; NaN without a refusal. */
    private double refusalMillis(Target target, double cpuSeconds, List<Sample> samples) {
        long answered = samples.stream().filter(sample -> sample.status == 200).count();
        long refused = samples.size() - answered;
        return refused == 0 ? Double.NaN : (1e3 * cpuSeconds - answered * cpuMillis.get(target)) / refused;
    }

    /** When the first of enough normal probes in a row was due, at or after {@code from}; -1 if not yet. */
    private static long normalSince(Collection<Sample> probes, long from, double normal) {
        List<Sample> after = probes.stream()
                .filter(probe -> probe.due >= from)
                .sorted(Comparator.comparingLong(Sample::due))
                .toList();
        int inARow = 0;
        for (int i = 0; i < after.size(); i++) {
            boolean fast = after.get(i).status == 200 && after.get(i).millis() <= normal;
            boolean neighbour = inARow == 0
                    || after.get(i).due - after.get(i - 1).due < 1.5e9 / PROBES_PER_SECOND;
            inARow = fast ? (neighbour ? inARow + 1 : 1) : 0;
            if (inARow == NORMAL_IN_A_ROW) {
                return after.get(i - NORMAL_IN_A_ROW + 1).due;
            }
        }
        return -1;
    }

    /** Requests sent at a rate, whether answers come or not. */
    private final class OpenLoop {

        private final Target target;
        private final Queue<Sample> samples = new ConcurrentLinkedQueue<>();
        private final AtomicInteger inFlight = new AtomicInteger();
        /** Requests that were due and not sent, because too many were in flight. */
        private int heldBack;

        OpenLoop(Target target) {
            this.target = target;
        }

        void run(double perSecond, BooleanSupplier goOn) {
            long start = System.nanoTime();
            for (int i = 0; goOn.getAsBoolean(); i++) {
                long due = start + (long) (i * 1e9 / perSecond);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (inFlight.get() == MOST_IN_FLIGHT) {
                    heldBack++;
                    continue;
                }
                inFlight.incrementAndGet();
                senders.execute(() -> {
                    samples.add(send(target, due));
                    inFlight.decrementAndGet();
                });
            }
        }
    }

    // One request

    private Sample send(Target target, long due) {
        byte[] image = images.get(Math.floorMod(next.getAndIncrement(), images.size()));
        int status;
        try {
            status = target.connections.post(image).status();
        } catch (IOException e) {
            status = 0;
        }
        return new Sample(due, System.nanoTime(), status);
    }

    // Figures

    private static Map<String, Object> summary(Collection<Sample> samples) {
        List<Double> latencies = millis(samples, status -> status == 200);
        List<Double> refusals = millis(samples, status -> status != 200 && status != 0);
        Map<Integer, Long> refused = samples.stream()
                .map(Sample::status)
                .filter(status -> status != 200 && status != 0)
                .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("answered", latencies.size());
        summary.put("p50", percentile(latencies, 50));
        summary.put("p95", percentile(latencies, 95));
        summary.put("p99", percentile(latencies, 99));
        summary.put("refused", refused);
        summary.put("refusedP99", percentile(refusals, 99));
        summary.put("errors", samples.stream().filter(sample -> sample.status == 0).count());
        return summary;
    }

    private static List<Double> millis(Collection<Sample> samples, IntPredicate status) {
        return samples.stream()
                .filter(sample -> status.test(sample.status))
                .map(Sample::millis)
                .sorted()
                .toList();
    }

    private static String cells(Map<String, Object> row) {
        String refused = ((Map<?, ?>) row.get("refused")).isEmpty()
                ? "0"
                : String.format("%s, p99 %.0f ms", row.get("refused"), row.get("refusedP99"));
        return String.format(
                "%.0f | %.0f | %.0f | %s | %s |",
                row.get("p50"), row.get("p95"), row.get("p99"), refused, row.get("errors"));
    }

    private static long answeredBy(long end, Collection<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.status == 200 && sample.end <= end)
                .count();
    }

    /** The nearest rank; NaN of nothing. */
    private static double percentile(List<Double> sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, rank - 1));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static void waitFor(BooleanSupplier condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the figures were measured on. */
    private static final class Machine {

        private static final double TICKS_PER_SECOND = 100;

        static String describe() throws IOException {
            String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*: ", ""))
                    .findFirst()
                    .orElse("unknown CPU");
            return String.format(
                    "%s, %d cores, load average %s at the start, %s",
                    cpu, Runtime.getRuntime().availableProcessors(), loadAverage(), java.time.LocalDate.now());
        }

        static String loadAverage() throws IOException {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        }

        static long residentMegabytes(String pid) throws IOException {
            try (Stream<String> status = Files.lines(Path.of("/proc", pid, "status"))) {
                return status.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .findFirst()
                        .orElse(0);
            }
        }

        /** In user and in kernel mode, of all threads; NaN where it cannot be read. */
        static double cpuSeconds(String pid) {
            try {
                String stat = Files.readString(Path.of("/proc", pid, "stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
            } catch (IOException e) {
                return Double.NaN;
            }
        }

        static double ownCpuSeconds() {
            return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
        }
    }

    /** Maps, lists, numbers and words as JSON. */
    private static final class Json {

        static String of(Object value) {
            if (value instanceof Map<?, ?> map) {
                return map.entrySet().stream()
                        .map(entry -> of(entry.getKey().toString()) + ": " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            }
            if (value instanceof Collection<?> list) {
                return list.stream().map(Json::of).collect(Collectors.joining(",\n  ", "[", "]"));
            }
            if (value instanceof Double number && !Double.isFinite(number)) {
                return "null";
            }
            return value instanceof Number ? value.toString() : '"' + value.toString() + '"';
        }
    }
}
