package dev.blastscope.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.blastscope.Smears;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.inference.ServingModel.Explained;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelStore;
import dev.blastscope.network.DeviceChoice;
import dev.blastscope.network.engine.Engine;
import dev.blastscope.network.engine.NetworkEngine;
import dev.blastscope.prediction.Evidence;
import dev.blastscope.prediction.LogOdds;
import dev.blastscope.prediction.Malignancy;
import dev.blastscope.review.ReviewSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight views of an image are explained as one image. */
class ExplainedViewsTest {

    @Test
    void theMeanOfTheViewsIsExplainedOnTheImageAsItWasSent(@TempDir Path models) throws Exception {
        SmearImage smear = new ImageDecoder(ImageLimits.DEFAULT).decode(Smears.png(Smears.preB(1)));
        SmearImage other = new ImageDecoder(ImageLimits.DEFAULT).decode(Smears.png(Smears.benign(1)));
        Explained one;
        List<Explained> eight;
        try (ServingModel model = model(models, 1)) {
            one = model.score(List.of(smear), image -> true).get(0).predict();
        }
        try (ServingModel model = model(models, SmearImage.SYMMETRIES)) {
            eight = model.score(List.of(other, smear), image -> image == smear).stream()
                    .map(ServingModel.Scored::predict)
                    .toList();
        }

        assertThat(eight.get(0).explanation()).isEmpty();
        Evidence ofEight = eight.get(1).explanation().orElseThrow().malignancy();
        assertThat(ofEight.score())
                .isCloseTo(
                        LogOdds.of(eight.get(1)
                                .reviewed()
                                .prediction()
                                .malignancy()
                                .of(Malignancy.MALIGNANT)),
                        within(1e-2));
        Evidence ofOne = one.explanation().orElseThrow().malignancy();
        // Each cell stays where it is: any turn of the map is less like that of the image alone.
        for (int symmetry = 1; symmetry < SmearImage.SYMMETRIES; symmetry++) {
            int turn = symmetry;
            Evidence turned = ofEight.moved(cell -> SmearImage.unturned(turn, cell, Evidence.SIDE));
            assertThat(correlation(ofEight, ofOne)).isGreaterThan(correlation(turned, ofOne));
        }
        assertThat(correlation(ofEight, ofOne)).isGreaterThan(0.5);
    }

    private static ServingModel model(Path models, int views) throws Exception {
        return new ModelLoader(
                        new ModelStore(models),
                        new NetworkEngine(DeviceChoice.CPU, Engine.ONNX),
                        OptionalDouble.empty(),
                        ReviewSettings.DEFAULT,
                        views)
                .version(EmbeddedModel.VERSION);
    }

    private static double correlation(Evidence one, Evidence other) {
        List<Double> a = centred(one);
        List<Double> b = centred(other);
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static List<Double> centred(Evidence evidence) {
        double mean =
                evidence.cells().stream().mapToDouble(cell -> cell).average().orElseThrow();
        return evidence.cells().stream().map(cell -> cell - mean).toList();
    }

    private static double dot(List<Double> a, List<Double> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }
}
