package dev.blastscope.web;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** The id by which a client and the log speak of one request. */
public final class RequestIds {

    /** The header of request and response that has it. */
    public static final String HEADER = "X-Request-Id";

    /** Ids that can neither forge a log line nor fill one. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestIds() {}

    /** The client's own if it is harmless, else a new one. */
    public static String of(HttpServletRequest request) {
        String given = request.getHeader(HEADER);
        return given != null && HARMLESS.matcher(given).matches() ? given : newId();
    }

    static String newId() {
        return UuidCreator.getTimeOrderedEpoch().toString();
    }
}
