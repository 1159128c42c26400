package dev.blastscope.web;

/** What every answer about a smear says of its use. */
public final class Notice {

    public static final String RESEARCH_USE = "Research use only. Not a medical device, not a diagnosis.";

    private Notice() {}
}
