package dev.blastscope.database;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** How replicas of the service share files, such as models and data sets. */
public enum Sharing {
    /** Through the database, unless that is the embedded H2, which only one service uses. */
    AUTO,
    /** Through the database. */
    DATABASE,
    /** Not at all. */
    NONE;

    private static final String EMBEDDED_DATABASE = "jdbc:h2:";

    public boolean isOn(JdbcConnectionDetails database) {
        return switch (this) {
            case AUTO -> !database.getJdbcUrl().startsWith(EMBEDDED_DATABASE);
            case DATABASE -> true;
            case NONE -> false;
        };
    }
}
