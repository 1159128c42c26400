/** The admin's data sets over HTTP. */
@NullMarked
package dev.blastscope.retraining.web;

import org.jspecify.annotations.NullMarked;
