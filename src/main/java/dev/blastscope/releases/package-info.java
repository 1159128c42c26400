/**
 * Which model version is active, and how another one replaces it on every replica. RATIONALE.md beside this file says
 * why it is built this way.
 */
@NullMarked
package dev.blastscope.releases;

import org.jspecify.annotations.NullMarked;
