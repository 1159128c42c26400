package dev.blastscope.inference;

import dev.blastscope.modelstore.Precision;

/**
 * What made an answer, to the byte.
 *
 * @param version the version of the model
 * @param precision the numbers that its backbone computed in
 * @param digest of the version in this precision, as in {@link dev.blastscope.modelstore.ModelStore.Rendition}
 */
public record ModelIdentity(String version, Precision precision, String digest) {}
