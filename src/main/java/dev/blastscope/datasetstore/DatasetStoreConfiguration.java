package dev.blastscope.datasetstore;

import dev.blastscope.home.HomeFolder;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.inference.InferenceSettings;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Makes the store of this node, and the data sets of all replicas where these share them. */
@Configuration(proxyBeanMethods = false)
class DatasetStoreConfiguration {

    @Bean(initMethod = "sweep")
    DatasetStore datasetStore(HomeFolder home, DatasetSettings settings, InferenceSettings inference) {
        return new DatasetStore(
                home.datasets(), settings, new ImageDecoder(inference.image().limits()));
    }

    @Bean
    @Primary
    Datasets datasets(
            DatasetStore store,
            SharedRows rows,
            SharedFiles files,
            JdbcConnectionDetails database,
            DatasetSettings settings) {
        return settings.sharing().isOn(database) ? new SharedDatasets(store, rows, files) : store;
    }
}
