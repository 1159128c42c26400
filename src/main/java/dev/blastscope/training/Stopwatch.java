package dev.blastscope.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long each part of a training took. */
final class Stopwatch {

    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long last = System.nanoTime();

    /** Ends a part; parts of one name add up. */
    void lap(String part) {
        long now = System.nanoTime();
        seconds.merge(part, (double) (now - last) / TimeUnit.SECONDS.toNanos(1), Double::sum);
        last = now;
    }

    /** Seconds by part, to a hundredth. */
    Map<String, Double> seconds() {
        Map<String, Double> rounded = new LinkedHashMap<>();
        seconds.forEach((part, value) -> rounded.put(part, Math.round(100 * value) / 100.0));
        return rounded;
    }
}
