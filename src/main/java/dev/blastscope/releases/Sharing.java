package dev.blastscope.releases;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** How what one replica has comes to the others. */
public enum Sharing {
    /** Through the database, unless that is the embedded H2, which has one service. */
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
