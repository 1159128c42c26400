package dev.blastscope.inference.web;

import dev.blastscope.inference.Client;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.web.ClientConnection;
import dev.blastscope.web.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads how long the client of a request waits for its answer. */
@Component
final class DeadlineHeader {

    static final String NAME = "X-Deadline-Ms";
    static final String DESCRIPTION =
            "Deadline in milliseconds. When it passes before the answer is ready, the request ends with status 504.";
    static final int MAX = 600_000;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    private final Duration byDefault;

    DeadlineHeader(InferenceSettings settings) {
        byDefault = settings.prediction().deadline();
    }

    Client client(HttpServletRequest request, @Nullable String header) {
        return new Client(of(header), ClientConnection.closedOf(request));
    }

    private Duration of(@Nullable String header) {
        if (header == null) {
            return byDefault;
        }
        if (!NUMBER.matcher(header).matches() || Integer.parseInt(header) > MAX) {
            throw new RequestRefused(PredictionProblems.INVALID_DEADLINE);
        }
        return Duration.ofMillis(Integer.parseInt(header));
    }
}
