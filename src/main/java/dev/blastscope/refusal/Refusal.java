package dev.blastscope.refusal;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked for and is not done, because a rule of the service forbids it: an expected outcome, and no
 * fault of the program.
 *
 * <p>It is written once, where the rule is. The web layer maps its code to a status, the meters count its code, a
 * training job ends with its message, and the command line prints it. Its message is for people, and names the rule and
 * the way out.
 */
public abstract class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * A refusal without a stack trace, as nothing went wrong.
     *
     * @param code stable, in kebab-case
     * @param message the rule broken and how to follow it
     */
    protected Refusal(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** A refusal for a reason that lies in a fault, which the operator may want to see whole. */
    protected Refusal(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Names the rule for machines: stable, in kebab-case. */
    public final String code() {
        return code;
    }

    /** What a remote caller may read: the message, unless that has details which are for the operator alone. */
    public String detail() {
        return getMessage();
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** When to try again, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** What machines may want to know besides, by name; shown to the caller. */
    public Map<String, Object> facts() {
        return Map.of();
    }
}
