/** What every HTTP answer of the service has: problem details for errors, and a request id. */
@NullMarked
package dev.blastscope.web;

import org.jspecify.annotations.NullMarked;
