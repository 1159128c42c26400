package dev.blastscope.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the program itself says of its settings and its parts. */
final class Application {

    private Application() {}

    /** A property that the program brings along. */
    static Optional<String> property(String name) {
        Properties properties = new Properties();
        try (InputStream file = Application.class.getResourceAsStream("/application.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.ofNullable(properties.getProperty(name));
    }

    /** The first element of the build's description that has this name. */
    static String pom(String element) {
        try {
            String pom = Files.readString(Path.of("pom.xml")).replaceAll("(?s)<parent>.*</parent>", "");
            Matcher value =
                    Pattern.compile("<" + Pattern.quote(element) + ">([^<]+)<").matcher(pom);
            if (!value.find()) {
                throw new AssertionError("There is no " + element + " in pom.xml");
            }
            return value.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
