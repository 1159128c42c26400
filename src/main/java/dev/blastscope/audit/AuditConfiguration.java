package dev.blastscope.audit;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets the retention run by the clock. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class AuditConfiguration {}
