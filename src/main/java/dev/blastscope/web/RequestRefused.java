package dev.blastscope.web;

import org.springframework.http.HttpStatus;

/** A request that breaks a rule of the HTTP contract; the message names the rule and how to follow it. */
public final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    public RequestRefused(HttpStatus status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
