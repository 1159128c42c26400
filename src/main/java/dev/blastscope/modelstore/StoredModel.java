package dev.blastscope.modelstore;

/**
 * A model whose every byte matched its checksum when it was read.
 *
 * @param version the name it was published under, or {@link EmbeddedModel#VERSION}
 * @param digest {@code sha256:} and the SHA-256 of the model's checksum file, which stands for all of its files
 * @param files the bytes that were verified
 */
public record StoredModel(String version, String digest, ModelFiles files) {}
