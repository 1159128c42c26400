/** The audit trail over HTTP, for admins. */
@NullMarked
package dev.blastscope.audit.web;

import org.jspecify.annotations.NullMarked;
