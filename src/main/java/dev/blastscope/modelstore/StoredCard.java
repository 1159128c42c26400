package dev.blastscope.modelstore;

/**
 * A model's card, which matched its checksum; the weights beside it were not read.
 *
 * @param version the name that the model was published under, or {@link EmbeddedModel#VERSION}
 * @param digest the model's, as in {@link StoredModel}
 */
public record StoredCard(String version, String digest, ModelCard card) {}
