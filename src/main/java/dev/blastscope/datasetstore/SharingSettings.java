package dev.blastscope.datasetstore;

import dev.blastscope.releases.Sharing;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether replicas share data sets.
 *
 * @param sharing how a data set comes to other replicas: database, none, or auto (database, unless that is the embedded H2,
 *     which has one service)
 */
@ConfigurationProperties("blastscope.datasets")
record SharingSettings(@DefaultValue("auto") Sharing sharing) {}
