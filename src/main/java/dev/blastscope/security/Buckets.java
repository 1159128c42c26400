package dev.blastscope.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * A token bucket for each of many callers, filled evenly over a minute; thread-safe.
 *
 * <p>Memory is bounded: past {@value #MOST} callers those seldom seen are forgotten, and begin with a full bucket
 * again.
 */
final class Buckets {

    private static final int MOST = 10_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final Cache<String, Bucket> buckets;
    private final int perMinute;
    private final TimeMeter time;

    Buckets(int perMinute, TimeMeter time) {
        this.perMinute = perMinute;
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .ticker(time::currentTimeNanos)
                .build();
    }

    Bucket of(String caller) {
        return buckets.get(caller, unseen -> Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build());
    }

    /** A wait as Retry-After tells it: whole seconds, rounded up, so that who obeys is not refused again. */
    static Duration wholeSeconds(long nanos) {
        return Duration.ofNanos(nanos).plusSeconds(1).minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
    }
}
