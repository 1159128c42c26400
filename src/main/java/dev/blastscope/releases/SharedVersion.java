package dev.blastscope.releases;

/** A version that the replicas share, or shared until it was deleted. */
record SharedVersion(String version, String digest, boolean deleted) {}
