package dev.blastscope.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes records that have become too old, every hour; all nodes try, and the first finds them. */
@Component
class AuditRetention {

    static final String SERVICE = "service";

    private static final Logger log = LoggerFactory.getLogger(AuditRetention.class);

    private final AuditChain chain;
    private final AuditSettings settings;

    AuditRetention(AuditChain chain, AuditSettings settings) {
        this.chain = chain;
        this.settings = settings;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void deleteOld() {
        Duration retention = settings.retention();
        if (retention != null) {
            deleteOlderThan(retention, Instant.now());
        }
    }

    int deleteOlderThan(Duration retention, Instant now) {
        int deleted = chain.deleteBefore(now.minus(retention), SERVICE, now);
        if (deleted > 0) {
            log.info("Deleted {} records of the audit trail that were older than {}", deleted, retention);
        }
        return deleted;
    }
}
