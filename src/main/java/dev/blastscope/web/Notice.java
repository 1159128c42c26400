package dev.blastscope.web;

/** The notice on the use of predictions. */
public final class Notice {

    public static final String RESEARCH_USE = "Research use only. Not a medical device, not a diagnosis.";

    private Notice() {}
}
