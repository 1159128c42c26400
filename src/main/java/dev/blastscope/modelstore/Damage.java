package dev.blastscope.modelstore;

import java.io.IOException;

/** What is wrong with one file of a model, before it is known whose file it is. */
final class Damage extends Exception {

    Damage(String file, String problem) {
        super(file + " " + problem);
    }

    Damage(String file, IOException unreadable) {
        super(file + " cannot be read", unreadable);
    }
}
