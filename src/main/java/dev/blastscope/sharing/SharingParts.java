package dev.blastscope.sharing;

import dev.blastscope.dataset.DatasetStore;
import dev.blastscope.dataset.Datasets;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Makes the data sets of this service those of all replicas, or of its own store where they share none. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SharingSettings.class)
class SharingParts {

    @Bean
    @Primary
    Datasets datasets(
            DatasetStore store,
            SharedRows rows,
            SharedFiles files,
            JdbcConnectionDetails database,
            SharingSettings settings) {
        return settings.sharing().isOn(database) ? new SharedDatasets(store, rows, files) : store;
    }
}
