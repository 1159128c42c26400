/**
 * Who did what, and what was predicted for which image, in records that cannot be changed unnoticed. RATIONALE.md
 * beside this file says why it is built this way.
 */
@NullMarked
package dev.blastscope.audit;

import org.jspecify.annotations.NullMarked;
