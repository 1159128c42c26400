/** The audit trail over HTTP, for the admin. */
@NullMarked
package dev.blastscope.audit.web;

import org.jspecify.annotations.NullMarked;
