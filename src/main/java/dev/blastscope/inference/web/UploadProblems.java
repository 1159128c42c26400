package dev.blastscope.inference.web;

import dev.blastscope.web.Problems;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The problems of an operation that takes one image by {@link Uploads#single}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Problems({
    "incomplete-body",
    "missing-part",
    "too-many-parts",
    "unknown-part",
    "empty",
    "too-many-bytes",
    "too-many-pixels",
    "side-too-long",
    "not-an-image",
    "too-small",
    "truncated",
    "damaged",
    "unsupported-pixels",
    "too-many-uploads"
})
public @interface UploadProblems {}
