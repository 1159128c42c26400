package dev.blastscope.modelstore;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A place that holds the files of one model. */
interface ModelSource {

    /** The version that the files make. */
    String version();

    /** What an operator can do when the files are damaged, as a sentence. */
    String remedy();

    /** The size of a file in bytes; empty if there is no such file. */
    OptionalLong size(String name) throws IOException;

    InputStream open(String name) throws IOException;
}
