/** Data sets over HTTP, for the admin. */
@NullMarked
package dev.blastscope.datasetstore.web;

import org.jspecify.annotations.NullMarked;
