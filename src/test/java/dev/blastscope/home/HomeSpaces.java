package dev.blastscope.home;

import java.nio.file.Path;

/** Home folders for the tests of other packages. */
public final class HomeSpaces {

    private HomeSpaces() {}

    /** One on a disk that has room, without a database. */
    public static HomeSpace withRoom() {
        return new HomeSpace(new HomeFolder(Path.of("target")), false);
    }
}
