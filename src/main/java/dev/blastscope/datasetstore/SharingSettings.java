package dev.blastscope.datasetstore;

import dev.blastscope.database.Sharing;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether replicas share data sets.
 *
 * @param sharing how data sets reach other replicas: database, none, or auto (database, unless that is the embedded H2,
 *     which only one service uses)
 */
@ConfigurationProperties("blastscope.datasets")
record SharingSettings(@DefaultValue("auto") Sharing sharing) {}
