
import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageLimits;
import dev.blastscope.image.SmearImage;
import dev.blastscope.modelstore.EmbeddedModel;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelStore.StoredModel;
import dev.blastscope.network.BackboneWeights;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.HeadWeights;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.network.MultitaskNetwork;
import dev.blastscope.prediction.Calibration;
import dev.blastscope.prediction.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The same model as a Spring controller that is written in an hour: the network is loaded once and every request runs a
 * predictor of its own, as DJL's examples do. No batches, no queue, batch norm as trained, DJL's and PyTorch's defaults.
 * Decoding and preprocessing are the service's own.
 */
@RestController
class NaivePeer {

    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(16_000_000, 40_000_000, 16_384, 32));
    private final Model model;
    private final Calibration calibration;

    NaivePeer(Model model, Calibration calibration) {
        this.model = model;
        this.calibration = calibration;
    }

    public static void main(String[] arguments) {
        SpringApplication.run(
                Application.class,
                "--server.port=" + arguments[0],
                "--server.address=127.0.0.1",
                "--spring.config.location=optional:file:./none/");
    }

    @GetMapping("/ready")
    String ready() {
        return "ready";
    }

    @PostMapping("/predict")
    Map<String, Object> predict(@RequestBody byte[] upload) throws Exception {
        try (Predictor<SmearImage, float[][]> predictor = model.newPredictor(new SmearTranslator())) {
            float[][] logits = predictor.predict(decoder.decode(upload));
            Prediction prediction = calibration.predict(logits[0], logits[1]);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("malignancy", prediction.malignancy().values());
            prediction.subtype().ifPresent(subtype -> answer.put("subtype", subtype.values()));
            return answer;
        }
    }

    /** The application's parts. */
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class
    })
    static class Application {

        @Bean
        Model model() throws Exception {
            StoredModel stored = EmbeddedModel.open();
            Model model = Model.newInstance("multitask", Device.cpu(), "PyTorch");
            NDManager manager = model.getNDManager();
            model.setBlock(new MultitaskNetwork(
                    manager,
                    BackboneWeights.read(stored.files().backbone()),
                    HeadWeights.read(stored.files().heads()),
                    Freeze.BACKBONE));
            return model;
        }

        @Bean
        Calibration calibration() throws Exception {
            return ModelCard.read(EmbeddedModel.open().files().card()).calibration();
        }

        @Bean
        NaivePeer controller(Model model, Calibration calibration) {
            return new NaivePeer(model, calibration);
        }
    }

    /** An image in, both heads' logits out. */
    private static final class SmearTranslator implements Translator<SmearImage, float[][]> {

        @Override
        public NDList processInput(TranslatorContext context, SmearImage image) {
            return new NDList(ImageToTensor.toTensor(context.getNDManager(), List.of(image)));
        }

        @Override
        public float[][] processOutput(TranslatorContext context, NDList logits) {
            return new float[][] {logits.get(0).toFloatArray(), logits.get(1).toFloatArray()};
        }

        @Override
        public Batchifier getBatchifier() {
            return null;
        }
    }
}
