/**
 * What all HTTP responses of the service have in common: problem details for errors, a request id, the OpenAPI
 * document.
 */
@NullMarked
package dev.blastscope.web;

import org.jspecify.annotations.NullMarked;
