package dev.blastscope.assembly;

import dev.blastscope.home.HomeFolder;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.inference.ModelLoader;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.safetensors.InvalidWeights;
import dev.blastscope.training.FeatureCache;
import dev.blastscope.training.ModelAdaptation;
import dev.blastscope.training.ModelComparison;
import dev.blastscope.training.ModelEvaluation;
import dev.blastscope.training.ModelTraining;
import dev.blastscope.training.StartingBackbone;
import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/** Creates the beans of classes that do not depend on Spring. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    BlastscopeSettings.class,
    HomeFolder.class,
    InferenceSettings.class,
    ReviewSettings.class
})
public class ApplicationParts {

    @Bean
    ModelStore modelStore(HomeFolder home) {
        return new ModelStore(home.models());
    }

    @Bean
    FeatureCache featureCache(HomeFolder home) {
        return new FeatureCache(home.features());
    }

    @Bean
    NetworkEngine networkEngine(BlastscopeSettings settings) {
        return new NetworkEngine(settings.device(), settings.engine(), settings.precision());
    }

    @Bean
    ModelLoader modelLoader(ModelStore store, NetworkEngine engine, InferenceSettings settings, ReviewSettings review) {
        InferenceSettings.Prediction asked = settings.prediction();
        return new ModelLoader(store, engine, asked.assumedPrevalence(), review, asked.views());
    }

    @Bean
    ModelTraining modelTraining(
            FeatureCache cache,
            NetworkEngine engine,
            InferenceSettings settings,
            ObjectProvider<BuildProperties> build) {
        return new ModelTraining(cache, engine, settings.image().limits(), software(build));
    }

    @Bean
    ModelAdaptation modelAdaptation(
            FeatureCache cache,
            NetworkEngine engine,
            InferenceSettings settings,
            ObjectProvider<BuildProperties> build) {
        return new ModelAdaptation(cache, engine, settings.image().limits(), software(build));
    }

    private static String software(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        return "blastscope " + (properties == null ? "unbuilt" : properties.getVersion());
    }

    @Bean
    ModelEvaluation modelEvaluation(
            FeatureCache cache, NetworkEngine engine, InferenceSettings settings, ReviewSettings review) {
        return new ModelEvaluation(cache, engine, settings.image().limits(), review);
    }

    @Bean
    ModelComparison modelComparison(FeatureCache cache, NetworkEngine engine, InferenceSettings settings) {
        return new ModelComparison(cache, engine, settings.image().limits());
    }

    /**
     * The backbone that trainings start from: read and checked whenever one needs it, and not kept, as it has 94 MB.
     */
    @Bean
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    StartingBackbone startingBackbone(BlastscopeSettings settings) throws InvalidWeights {
        Path own = settings.backbone();
        return own == null ? StartingBackbone.embedded() : StartingBackbone.read(own);
    }
}
