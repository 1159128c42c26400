package dev.blastscope.datasetstore;

/**
 * An entry of an archive that breaks a rule.
 *
 * @param entry its number in the archive's directory, from 1
 * @param name its name, cut, and without characters that forge or hide
 * @param reason the rule
 */
public record Refusal(int entry, String name, String reason) {

    private static final int LONGEST_NAME = 200;

    public Refusal {
        name = name.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        name = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
    }
}
