/** Who may do what: API keys, bearer tokens, and limits for each caller. */
@NullMarked
package dev.blastscope.security;

import org.jspecify.annotations.NullMarked;
