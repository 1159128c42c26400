package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.Smears;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.prediction.LogOdds;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.review.ReviewSettings;
import dev.blastscope.review.ReviewedPrediction;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymmetricViewsTest {

    @Test
    void theLogOddsOfEightViewsAreTheMeanOfTheirs(@TempDir Path models) throws Exception {
        SmearImage smear = new ImageDecoder(ImageLimits.DEFAULT).decode(Smears.png(Smears.preB(1)));
        SmearImage plain = smear.withoutScaleBar();
        try (ServingModel model = new ModelLoader(
                        new ModelStore(models),
                        new NetworkEngine(DeviceChoice.CPU, Engine.ONNX),
                        OptionalDouble.empty(),
                        ReviewSettings.DEFAULT,
                        SmearImage.SYMMETRIES)
                .version(EmbeddedModel.VERSION)) {
            List<SmearImage> turned = IntStream.range(0, SmearImage.SYMMETRIES)
                    .mapToObj(plain::turned)
                    .toList();
            double[] each = model.predict(turned, 0.5, ReviewSettings.DEFAULT, 1).stream()
                    .mapToDouble(SymmetricViewsTest::logOdds)
                    .toArray();
            List<ReviewedPrediction> both = model.predict(List.of(smear, SmearImage.ofRgb(smear.rgb(), 224, 224)));

            assertThat(IntStream.range(1, each.length).filter(i -> Math.abs(each[i] - each[0]) > 1e-3))
                    .isNotEmpty();
            assertThat(both).hasSize(2).allSatisfy(prediction -> assertThat(logOdds(prediction))
                    .isCloseTo(
                            IntStream.range(0, each.length)
                                    .mapToDouble(i -> each[i])
                                    .average()
                                    .orElseThrow(),
                            within(1e-3)));
        }
    }

    private static double logOdds(ReviewedPrediction reviewed) {
        return LogOdds.of(reviewed.prediction().malignancy().of(Malignancy.MALIGNANT));
    }
}
