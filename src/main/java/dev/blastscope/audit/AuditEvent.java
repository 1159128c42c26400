package dev.blastscope.audit;

import java.util.Map;
import java.util.Optional;

/**
 * Something that happened and goes on record.
 *
 * @param image the SHA-256 of the image that it is about, by which it can be erased
 * @param details what a reader must know, as JSON can say it; never an image, a file name or a secret
 */
public record AuditEvent(AuditAction action, Optional<String> image, Map<String, ?> details) {}
