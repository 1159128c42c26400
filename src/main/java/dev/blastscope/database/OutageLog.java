package dev.blastscope.database;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.context.WebApplicationContext;

/**
 * Says in one line a minute that the database cannot be used and why. The pool, the scheduler, Spring and this program
 * would each log a stack trace for every request meanwhile: what any of them logs about it is counted instead.
 *
 * <p>At level DEBUG of this package everything is logged as it comes.
 */
final class OutageLog extends TurboFilter {

    private static final org.slf4j.Logger log = LoggerFactory.getLogger(OutageLog.class);

    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private boolean told;
    private long toldAt;
    private int untold;

    OutageLog(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable throwable) {
        if (!level.isGreaterOrEqual(Level.WARN)) {
            return FilterReply.NEUTRAL;
        }
        Throwable failure = throwable == null ? last(parameters) : throwable;
        if (failure == null || !Outage.isOne(failure) || log.isDebugEnabled()) {
            return FilterReply.NEUTRAL;
        }
        count(Outage.cause(failure));
        return FilterReply.DENY;
    }

    private synchronized void count(String cause) {
        if (told && nanos.getAsLong() - toldAt < BETWEEN_LINES.toNanos()) {
            untold++;
            return;
        }
        log.error(
                "The database cannot be used: {}. Check that it runs, that it can be reached, and that its disk has room."
                        + " Requests that need it get 503 until it works again. Failures since the last such line: {}.",
                cause,
                untold);
        told = true;
        toldAt = nanos.getAsLong();
        untold = 0;
    }

    /** Where a line with arguments has its exception. */
    private static @Nullable Throwable last(Object @Nullable [] parameters) {
        return parameters != null
                        && parameters.length > 0
                        && parameters[parameters.length - 1] instanceof Throwable last
                ? last
                : null;
    }

    /** Installs one for all loggers of a service, before it opens its database. */
    static final class Installation implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            if (context instanceof WebApplicationContext
                    && LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers
                    && loggers.getTurboFilterList().stream().noneMatch(OutageLog.class::isInstance)) {
                OutageLog filter = new OutageLog(System::nanoTime);
                filter.start();
                loggers.addTurboFilter(filter);
            }
        }
    }
}
