package dev.blastscope.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.web.context.WebApplicationContext;

/**
 * Stops the start of a service whose home folder cannot be used, before anything fails on it, with one sentence that
 * says why and what to do.
 */
final class HomeCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        // Commands also read a home folder that is read-only or that a service uses.
        if (context instanceof WebApplicationContext) {
            HomeFolder home = Binder.get(context.getEnvironment()).bindOrCreate("blastscope", HomeFolder.class);
            check(home, withDatabase(context.getEnvironment()));
        }
    }

    /** Whether the database is the embedded one. */
    static boolean withDatabase(Environment environment) {
        return !environment.containsProperty("spring.datasource.url");
    }

    /** @throws UnusableHome if a service cannot use this folder */
    static void check(HomeFolder home, boolean withDatabase) {
        Path folder = home.home().toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, ".probe-", null);
            try {
                Files.write(probe, new byte[withDatabase ? HomeSpace.LEAST : 1]);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            if (!isFull(folder)) {
                throw new UnusableHome(
                        "The home folder " + folder + " is read-only, or this user may not write to it.",
                        "Make it writable, or choose another folder: --blastscope.home=DIR.",
                        e);
            }
            // With a database elsewhere the service can predict nevertheless.
            if (withDatabase) {
                throw new UnusableHome(
                        "The disk of the home folder " + folder + " is full.",
                        "Make room on it, or choose another folder: --blastscope.home=DIR.",
                        e);
            }
        }
        if (withDatabase && isOpen(home.databaseFile())) {
            throw new UnusableHome(
                    "Another service uses the home folder " + folder + ".",
                    "Stop that service, or give this one a folder of its own: --blastscope.home=DIR. Several services can"
                            + " share a PostgreSQL database, but no home folder.",
                    null);
        }
    }

    private static boolean isFull(Path folder) {
        return Files.isWritable(folder) && folder.toFile().getUsableSpace() < HomeSpace.LEAST;
    }

    /** Whether another process has the database open, and so H2's lock on its file. */
    private static boolean isOpen(Path database) {
        if (!Files.exists(database)) {
            return false;
        }
        try (FileChannel file = FileChannel.open(database, StandardOpenOption.WRITE);
                FileLock lock = file.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            // Services in one JVM, as in tests, share it.
            return false;
        } catch (IOException e) {
            // Opening the database will tell.
            return false;
        }
    }

    /** A home folder that a service cannot use; the message says why. */
    static final class UnusableHome extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String action;

        UnusableHome(String message, String action, @Nullable Throwable cause) {
            super(message, cause);
            this.action = action;
        }
    }

    /** Prints the sentence instead of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<UnusableHome> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, UnusableHome cause) {
            return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action, cause);
        }
    }
}
