package dev.blastscope.training;

import ai.djl.Device;
import dev.blastscope.modelstore.ConfidenceHistogram;
import dev.blastscope.modelstore.EvaluationFigures;
import dev.blastscope.modelstore.ModelCard;
import dev.blastscope.modelstore.ModelCard.Comparison;
import dev.blastscope.modelstore.ModelCard.DataSummary;
import dev.blastscope.modelstore.ModelCard.FeatureEngine;
import dev.blastscope.modelstore.ModelCard.PrecisionComparison;
import dev.blastscope.network.Freeze;
import dev.blastscope.network.ImageToTensor;
import dev.blastscope.network.NativeRuntime;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.prediction.Calibration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Writes the card of a model that was just trained. */
record ModelCards(String software) {

    private static final String ARCHITECTURE =
            "ResNet-50 v1.5 (2048 features); heads for malignancy (2) and subtype (3),"
                    + " each Linear(2048, 256), ReLU, Dropout(0.5), Linear(256, classes)";
    private static final String INTENDED_USE = "Research on peripheral blood smears: benign or malignant (acute"
            + " lymphoblastic leukaemia), and the probability of each subtype: Early Pre-B, Pre-B, Pro-B. Not a medical device,"
            + " not a diagnosis.";
    private static final List<String> LIMITS = List.of(
            "Knows the hospital, stain and camera of its training data only; others must be measured before use.",
            "Asks for a person's review of what is unlike its training data; a change that it does not see is not reviewed.",
            "Without patient identifiers the test images are separated by similarity and file number, not by patient.");

    /** The card of a model that was trained. */
    ModelCard card(TrainingRun run, Trained trained) throws NoSuchDevice {
        return new ModelCard(
                "unpublished",
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                software,
                ARCHITECTURE,
                INTENDED_USE,
                LIMITS,
                ImageToTensor.PREPROCESSING,
                run.settings().freeze().name(),
                run.backbone().origin(),
                settings(run.settings(), trained.course()),
                trained.data(),
                trained.calibration(),
                trained.evaluations(),
                trained.comparisons(),
                remarks(run.backbone(), trained),
                run.watch().seconds(),
                environment(run.device()),
                Optional.of(trained.engine()),
                trained.precisions(),
                Optional.of(trained.confidences()),
                trained.changes(),
                Optional.empty());
    }

    /**
     * What a training brought.
     *
     * @param course how the published network learned
     * @param evaluations under groups and at random
     * @param confidences how sure the model was on the images of the first evaluation
     * @param changes figures on changed copies, if it learned from any
     * @param engine what computed the features that the heads know
     * @param precisions how int8 did beside floats, if it was tried
     * @param comparisons what other backbones achieved in the same way
     * @param remarks what a reader must know to interpret the figures
     */
    record Trained(
            Map<String, Object> course,
            Calibration calibration,
            List<EvaluationFigures> evaluations,
            DataSummary data,
            ConfidenceHistogram confidences,
            Optional<List<EvaluationFigures.ChangeFigures>> changes,
            FeatureEngine engine,
            Optional<PrecisionComparison> precisions,
            List<Comparison> comparisons,
            List<String> remarks) {}

    /** The card of a model that was adapted; what the active model's card says of the network stays true. */
    ModelCard adapted(
            ModelCard active,
            Map<String, Object> settings,
            DataSummary data,
            List<EvaluationFigures> evaluations,
            Map<String, Double> seconds,
            Device device) {
        List<String> remarks = new ArrayList<>(active.remarks());
        remarks.add("Adapted from model " + active.version()
                + " to few images of one site. Its calibration and threshold are that model's:"
                + " the local images are too few to fit others. Figures before and after are of the same images. The local ones"
                + " are judged by heads that were not adapted to their groups; both models learned from the original ones, so"
                + " that only the difference tells anything: what is forgotten.");
        return new ModelCard(
                "unpublished",
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                software,
                active.architecture(),
                active.intendedUse(),
                active.limits(),
                active.preprocessing(),
                active.freeze(),
                active.backbone(),
                settings,
                data,
                active.calibration(),
                evaluations,
                List.of(),
                remarks,
                seconds,
                environment(device),
                active.engine(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Map<String, Object> settings(TrainingSettings settings, Map<String, Object> course) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("seed", settings.seed());
        values.put("optimizer", "Adam");
        values.put("epochs", settings.epochs());
        values.put("patience", settings.patience());
        values.put("batch", settings.batch());
        values.put("learningRate", settings.learningRate());
        values.put("classWeights", "balanced");
        values.put("operatingPoint", settings.operatingPoint());
        if (settings.freeze() == Freeze.BACKBONE) {
            values.put("views", settings.views());
        }
        if (settings.freeze() != Freeze.BACKBONE) {
            values.put("fineTuning", settings.fineTuning());
        }
        values.putAll(course);
        return values;
    }

    private static List<String> remarks(StartingBackbone backbone, Trained trained) {
        List<String> remarks = new ArrayList<>(trained.remarks());
        backbone.origin().card().ifPresent(card -> {
            if (card.get("seen_in_pretraining") instanceof String seen) {
                remarks.add("The backbone saw in pretraining: " + seen
                        + ". See held_out in the backbone's card for images that it never saw.");
            }
        });
        if (trained.engine().quantisedBackbone().isPresent()) {
            remarks.add("The heads know the features of the int8 backbone that is made of the fp32 one and the stored"
                    + " ranges of its activations, and are served with it alone. Random folds and other backbones were"
                    + " measured in fp32: see the card in that precision.");
        }
        return remarks;
    }

    private static Map<String, String> environment(Device device) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("device", device.getDeviceType());
        environment.put("threads", Integer.toString(NativeRuntime.threads()));
        environment.put("engine", "PyTorch " + NativeRuntime.version());
        environment.put("java", System.getProperty("java.version", ""));
        return environment;
    }

    /** How long each part of a training took. */
    static final class Stopwatch {

        private final Map<String, Double> seconds = new LinkedHashMap<>();
        private long last = System.nanoTime();

        /** Ends a part; parts of one name add up. */
        void lap(String part) {
            long now = System.nanoTime();
            seconds.merge(part, (double) (now - last) / TimeUnit.SECONDS.toNanos(1), Double::sum);
            last = now;
        }

        /** Seconds by part, to a hundredth. */
        Map<String, Double> seconds() {
            Map<String, Double> rounded = new LinkedHashMap<>();
            seconds.forEach((part, value) -> rounded.put(part, Math.round(100 * value) / 100.0));
            return rounded;
        }
    }
}
