package dev.blastscope.home;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The one folder of all state, and where in it each kind of state lies.
 *
 * @param home models, data sets, the database, kept images, and features and exported models that can be computed again
 */
@ConfigurationProperties("blastscope")
public record HomeFolder(@DefaultValue("./blastscope-home") Path home) {

    public Path models() {
        return home.resolve("models");
    }

    public Path datasets() {
        return home.resolve("datasets");
    }

    public Path images() {
        return home.resolve("images");
    }

    public Path exports() {
        return home.resolve("exports");
    }

    /** The database's file, without the extension that H2 gives it. */
    public Path database() {
        return home.resolve("database").resolve("blastscope");
    }

    /** That file as H2 names it. */
    public Path databaseFile() {
        return home.resolve("database").resolve("blastscope.mv.db");
    }

    public Path features() {
        return home.resolve("features");
    }
}
