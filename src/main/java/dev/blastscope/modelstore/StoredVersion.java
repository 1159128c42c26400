package dev.blastscope.modelstore;

/**
 * A published version as a listing shows it.
 *
 * @param complete whether all of its files are there; only {@link ModelStore#open} compares their checksums
 */
public record StoredVersion(ModelVersion version, boolean complete) {}
