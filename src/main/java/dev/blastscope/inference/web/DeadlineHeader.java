package dev.blastscope.inference.web;

import dev.blastscope.inference.Client;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.web.ClientConnection;
import dev.blastscope.web.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Reads from a request how long its caller waits, and whether still there. */
@Component
final class DeadlineHeader {

    static final String HEADER = "X-Deadline-Ms";
    static final String DESCRIPTION = "How many milliseconds the answer is worth waiting for; then comes a 504";
    static final int MOST = 600_000;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    private final Duration unlessTold;

    DeadlineHeader(InferenceSettings settings) {
        unlessTold = settings.prediction().deadline();
    }

    Client caller(HttpServletRequest request, @Nullable String header) {
        return new Client(of(header), ClientConnection.goneFrom(request));
    }

    private Duration of(@Nullable String header) {
        if (header == null) {
            return unlessTold;
        }
        if (!NUMBER.matcher(header).matches() || Integer.parseInt(header) > MOST) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-deadline",
                    HEADER + " must be a whole number of milliseconds from 1 to " + MOST + ".");
        }
        return Duration.ofMillis(Integer.parseInt(header));
    }
}
